import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'
import { parseDelivery } from 'x-account-activity/events'
import type { Receiver } from 'x-account-activity/receiver'
import { accountActivityHandlers } from 'x-account-activity/testing/msw'
import { signatureOf } from '../support/x-request.ts'
import type { CodeBlock } from './code-blocks.ts'
import { blocksOf, blockWith, createBlockWriter, runModule } from './run-block.ts'

const readme = blocksOf('README.md')
const quickstart = blocksOf('docs/guides/quickstart.md')
const write = createBlockWriter()

const api = setupServer()
let x: Emulator
let alice: EmulatedUser
let bob: EmulatedUser

/** Where the emulator's challenges and deliveries go. */
let toWebhook: (request: Request) => Promise<Response>

beforeAll(() => api.listen({ onUnhandledFrame: 'bypass' }))
afterAll(() => api.close())

beforeEach(() => {
  x = createEmulator({ seed: 'first steps', fetch: (request) => toWebhook(request) })
  alice = x.addUser({ screenName: 'alice', name: 'Alice' })
  bob = x.addUser({ screenName: 'bob', name: 'Bob' })
  vi.stubEnv('X_CONSUMER_KEY', x.app.consumerKey)
  vi.stubEnv('X_CONSUMER_SECRET', x.app.consumerSecret)
  vi.stubEnv('X_ACCESS_TOKEN', alice.accessToken)
  vi.stubEnv('X_ACCESS_TOKEN_SECRET', alice.accessTokenSecret)
  vi.spyOn(console, 'log').mockImplementation(() => {})
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  api.resetHandlers()
})

const printed = () => vi.mocked(console.log).mock.calls.map((args) => args.join(' '))

/** Runs the block that contains a text, with other values in the place of those that a reader replaces. */
async function run<Exports>(blocks: readonly CodeBlock[], text: string, replaced: Record<string, string> = {}) {
  const block = blockWith(blocks, text)
  const code = Object.entries(replaced).reduce((whole, [from, to]) => whole.replaceAll(from, to), block.code)
  return runModule<Exports>(write({ ...block, code }))
}

/** A server that a block started, for deliveries to any address. */
async function runServer(blocks: readonly CodeBlock[], text: string): Promise<void> {
  const url = await (await run(blocks, text)).url()
  toWebhook = async (request) => {
    const { method, headers } = request
    const to = `${url}${new URL(request.url).pathname}${new URL(request.url).search}`
    return fetch(to, { method, headers, ...(method === 'POST' && { body: await request.text() }) })
  }
}

/** Registers the webhook and subscribes alice, as the guide does. */
async function subscribe(): Promise<void> {
  api.use(...accountActivityHandlers(x))
  await run(quickstart, 'Once for each account')
  expect(x.webhooks).toMatchObject([{ url: 'https://app.example/webhook', valid: true, subscribers: [alice.id] }])
}

describe('the first steps', () => {
  it('README: prints mentions and incoming messages, and nothing that alice does herself', async () => {
    await runServer(readme, 'createServer(toNodeHandler(receiver)).listen(3000)')
    await subscribe()
    await alice.post('Good morning')
    await bob.post('Good morning, @alice & all')
    await alice.message(bob, 'outgoing')
    await bob.message(alice, 'incoming')
    await alice.revoke()
    await x.idle()
    expect(printed()).toEqual([
      '@bob: Good morning, @alice & all',
      'Bob: incoming',
      `${alice.id} revoked the app's access`,
    ])
  })

  it('README: prints the same when the X Activity API delivers', async () => {
    const url = await (await run(readme, 'createServer(toNodeHandler(receiver)).listen(3000)')).url()
    const deliver = (event_type: string, payload: object, filter: object = { user_id: alice.id }) => {
      const includes = { users: [bob, alice].map(({ id, name, screenName }) => ({ id, name, username: screenName })) }
      const body = JSON.stringify({ data: { event_type, filter, payload, includes } })
      return fetch(url, {
        method: 'POST',
        headers: { 'x-twitter-webhooks-signature': signatureOf(body, x.app.consumerSecret) },
        body,
      })
    }
    const messageTo = (sender: EmulatedUser, recipient: EmulatedUser, id: string, text: string) => ({
      direct_message_events: [
        {
          type: 'message_create',
          id,
          message_create: { sender_id: sender.id, target: { recipient_id: recipient.id }, message_data: { text } },
        },
      ],
      users: { [bob.id]: { data: { id: bob.id, name: 'Bob' } } },
    })
    const answers = [
      await deliver('post.create', { id: '1', author_id: alice.id, text: 'Good morning' }),
      await deliver('post.mention.create', { id: '2', author_id: bob.id, text: 'Good morning, @alice &amp; all' }),
      await deliver('dm.sent', messageTo(alice, bob, '3', 'outgoing')),
      await deliver('dm.received', messageTo(bob, alice, '4', 'incoming')),
      await deliver('oauth.revoke', { user_id: alice.id, app_id: '9', date_time: '2026-07-23T21:44:05+00:00' }, {}),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(printed()).toEqual([
      '@bob: Good morning, @alice & all',
      'Bob: incoming',
      `${alice.id} revoked the app's access`,
    ])
  })

  it('README: calls X with the keys of the environment', async () => {
    toWebhook = async (request) => (await crcServer()).fetch(request)
    api.use(...accountActivityHandlers(x))
    const replaced = { 'the user’s token': alice.accessToken, 'and its secret': alice.accessTokenSecret }
    await run(readme, 'client.subscriptions.count()', replaced)
    expect(printed()).toEqual(['1 of 5000 subscriptions'])
  })

  it('README: recovers, and has nothing to do where nothing was missed', async () => {
    toWebhook = async (request) => (await crcServer()).fetch(request)
    await subscribe()
    const replaced = { '1146654567674912769': x.webhooks[0]?.id ?? '' }
    await run(readme, 'createMemoryRecoveryStore()', replaced)
    expect(printed()).toEqual([])
  })

  it('README: tests without X', async () => {
    await run(readme, 'await bob.follow(alice)')
    expect(printed()).toEqual([expect.stringMatching(/^\d+ follows \d+$/)])
  })

  it('quickstart: prints likes and incoming messages', async () => {
    await runServer(quickstart, 'like: ({ liker, postId })')
    await subscribe()
    const post = await alice.post('Good morning')
    await bob.like(post)
    await alice.message(bob, 'outgoing')
    await bob.message(alice, 'incoming')
    await x.idle()
    expect(printed()).toEqual([`@bob likes ${post.id_str}`, 'Bob wrote incoming'])
  })

  it('quickstart: prints the same with handlers by type of event, and what has no counterpart', async () => {
    const { receiver } = (await run<{ receiver: Receiver }>(quickstart, "'not known to this version:'")).exports
    toWebhook = (request) => receiver.fetch(request)
    await subscribe()
    const post = await alice.post('Good morning')
    await bob.like(post)
    await alice.message(bob, 'outgoing')
    await bob.message(alice, 'tea & toast')
    await x.idle()
    const profile = {
      event_type: 'profile.update.bio',
      filter: { user_id: alice.id },
      payload: { before: '', after: 'a poet' },
    }
    await receiver.dispatch(parseDelivery({ data: profile }))
    await receiver.dispatch(parseDelivery({ hello_events: [{ id: '1' }], for_user_id: alice.id }))
    expect(printed()).toEqual([
      `${bob.id} likes ${post.id_str}`,
      `${bob.id} wrote tea & toast`,
      `${alice.id} is now a poet`,
      expect.stringContaining('not known to this version: hello_events'),
    ])
  })

  it('quickstart: tries all of it without X', async () => {
    const deliveries: string[] = []
    const { createReceiver } = await import('x-account-activity/receiver')
    const receiver = createReceiver({
      // The emulator of the block has the same seed, and so the same secret.
      consumerSecret: createEmulator({ seed: 7 }).app.consumerSecret,
      on: { any: ({ type }) => void deliveries.push(type) },
    })
    api.use(http.all('http://127.0.0.1:3000/webhook', ({ request }) => receiver.fetch(request)))
    await run(quickstart, 'createEmulator({ seed: 7 })')
    expect(deliveries).toEqual(['tweet_create', 'favorite', 'direct_message'])
    expect(printed()).toEqual(['200,200,200'])
  })
})

describe.each([
  ['twitter-api-v2', "from 'twitter-api-v2'"],
  ["X's SDK", "from '@xdevplatform/xdk'"],
])('replying with %s', (_, text) => {
  it('answers what others write, as alice, and not what she writes herself', async () => {
    const calls: { path: string; authorization: string; body: unknown }[] = []
    const { receiver } = (await run<{ receiver: Receiver }>(quickstart, text)).exports
    toWebhook = (request) => receiver.fetch(request)
    await subscribe()
    const record = async ({ request }: { request: Request }) => {
      calls.push({
        path: new URL(request.url).pathname,
        authorization: request.headers.get('authorization') ?? '',
        body: await request.json(),
      })
      return HttpResponse.json({ data: { id: '1', text: '' } }, { status: 201 })
    }
    const paths = ['/2/tweets', '/2/dm_conversations/with/:participant_id/messages']
    for (const path of paths) api.use(http.post(`https://api.x.com${path}`, record))

    await alice.message(bob, 'outgoing')
    await bob.message(alice, 'incoming')
    await alice.post('my own')
    const mention = await bob.post('hello @alice')
    await x.idle()
    expect(x.deliveries.map(({ body }) => parseDelivery(body).events[0]?.type).sort()).toEqual([
      'direct_message',
      'direct_message',
      'tweet_create',
      'tweet_create',
    ])
    expect(x.deliveries.every(({ outcome }) => outcome === 'delivered')).toBe(true)
    expect(calls.map(({ path, body }) => [path, body])).toEqual([
      [`/2/dm_conversations/with/${bob.id}/messages`, { text: 'Thanks, we are looking into it.' }],
      ['/2/tweets', { text: 'Hello!', reply: { in_reply_to_tweet_id: mention.id_str } }],
    ])
    for (const { authorization } of calls) {
      expect(authorization).toContain(`oauth_token="${alice.accessToken}"`)
      expect(authorization).toContain(`oauth_consumer_key="${x.app.consumerKey}"`)
    }
  })
})

async function crcServer(): Promise<Receiver> {
  const { createReceiver } = await import('x-account-activity/receiver')
  return createReceiver({ consumerSecret: x.app.consumerSecret })
}
