import https from 'node:https'
import { getResponse, HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createClient, createReceiver } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { type AccountActivityHandlersOptions, accountActivityHandlers } from 'x-account-activity/testing/msw'
import { hookUrl } from '../../support/emulator-harness.ts'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const anything = { fetch: async () => new Response() }

describe('accountActivityHandlers', () => {
  it.each([{}, { baseUrl: 'https://api.twitter.com' }])('lets an emulator answer a client with %j', async (options) => {
    const x = createEmulator({ fetch: (request) => receiver.fetch(request) })
    const seen: string[] = []
    const receiver = createReceiver({
      consumerSecret: x.app.consumerSecret,
      on: { favorite: (event) => void seen.push(event.userId ?? '') },
    })
    server.use(...accountActivityHandlers(x))
    const client = createClient({ ...x.app, ...options })
    const webhook = await client.webhooks.create(hookUrl)
    const [alice, bob] = [x.addUser({ screenName: 'alice' }), x.addUser({ screenName: 'bob' })]
    await client.subscriptions.create(webhook.id, { user: alice })
    await bob.like(await alice.post('Good morning'))
    await x.idle()
    expect(seen).toEqual([bob.id])
  })

  it('creates the bearer token that a client lacks', async () => {
    const x = createEmulator()
    server.use(...accountActivityHandlers(x))
    const { consumerKey, consumerSecret } = x.app
    expect(await createClient({ consumerKey, consumerSecret }).webhooks.list()).toEqual([])
  })

  it.each<[NonNullable<AccountActivityHandlersOptions['baseUrl']>, string]>([
    ['http://localhost:4000', 'http://localhost:4000'],
    [new URL('http://localhost:4000'), 'http://localhost:4000'],
    [['http://x.example', 'https://proxy.example:443/'], 'https://proxy.example'],
    [['http://x.example'], 'https://api.x.com'],
  ])('with baseUrl %s, answers requests to %s', async (baseUrl, origin) => {
    const x = createEmulator()
    server.use(...accountActivityHandlers(x, { baseUrl }))
    expect(await createClient({ ...x.app, baseUrl: origin }).webhooks.list()).toEqual([])
  })

  it('answers node:https as well as fetch', async () => {
    server.use(...accountActivityHandlers(createEmulator()))
    const status = await new Promise((resolve, reject) => {
      https
        .request('https://api.x.com/2/webhooks', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
    expect(status).toBe(401)
  })

  it.each(['/', '/2/lists?ids=1', '/a/b/c/'])('answers 404 to %s, as X does', async (path) => {
    server.use(...accountActivityHandlers(createEmulator({ onUnknownRequest: 'ignore' })))
    const response = await fetch(`https://api.x.com${path}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ])
  })

  it('leaves requests to other hosts, and to handlers before its own', async () => {
    const other = http.all('https://hook.example.com/*', () => HttpResponse.text('the hook'))
    const post = http.get('https://api.x.com/2/tweets', () => HttpResponse.text('the posts'))
    server.use(post, ...accountActivityHandlers(createEmulator()), other)
    const texts = ['https://hook.example.com/x', 'https://api.x.com/2/tweets'].map(async (url) =>
      (await fetch(url)).text(),
    )
    expect(await Promise.all(texts)).toEqual(['the hook', 'the posts'])
  })

  it.each(['https://api.x.com.example.org', 'http://api.x.com', 'https://x.com', 'https://api.x.com:444'])(
    'has no handler for %s',
    async (origin) => {
      const handlers = accountActivityHandlers(anything)
      expect(await getResponse(handlers, new Request(`${origin}/2/webhooks`))).toBeUndefined()
    },
  )

  it('creates one handler for each origin', () => {
    const x = createEmulator()
    const paths = (baseUrl: string | string[]) => accountActivityHandlers(x, { baseUrl }).map(({ info }) => info.path)
    const own = ['https://api.x.com/*', 'https://api.twitter.com/*']
    expect(paths([])).toEqual(own)
    expect(paths('https://api.x.com')).toEqual(own)
    expect(paths(['http://a.example', 'http://a.example:80', 'http://[::1]:80'])).toEqual([
      ...own,
      'http://a.example/*',
      'http://[::1]/*',
    ])
  })

  it.each<[unknown, unknown, typeof TypeError | typeof RangeError, string]>([
    [undefined, {}, TypeError, '"x" must be an object, got undefined'],
    [{}, {}, TypeError, '"x.fetch" must be a function, got undefined'],
    [anything, null, TypeError, '"options" must be an object, got null'],
    [anything, { baseUrl: 5 }, TypeError, '"baseUrl" must be a string'],
    [anything, { baseUrl: [undefined] }, TypeError, '"baseUrl" must be a string'],
    [anything, { baseUrl: '' }, RangeError, '"baseUrl" must not be empty'],
    [anything, { baseUrl: 'localhost:4000' }, RangeError, '"baseUrl" must be an absolute http or https URL'],
    [anything, { baseUrl: 'http://localhost/x' }, RangeError, '"baseUrl" must be an origin'],
    [anything, { baseUrl: 'http://localhost/?x' }, RangeError, '"baseUrl" must be an origin'],
    [anything, { baseUrl: ['http://localhost', 'http://localhost/#x'] }, RangeError, 'must be an origin'],
  ])('refuses %j with %j', (x, options, kind, message) => {
    const handlers = () => accountActivityHandlers(x as typeof anything, options as AccountActivityHandlersOptions)
    expect(handlers).toThrow(kind)
    expect(handlers).toThrow(message)
  })
})
