import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createClient, createReceiver } from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { serveFetch } from '../support/serve-fetch.ts'
import { blocksOf, blockWith, createBlockWriter, runModule } from './run-block.ts'

const blocks = blocksOf('docs/guides/sign-in.md')
const write = createBlockWriter()

/** The address that the app has in these tests; requests to it go to the port that it really listens on. */
const appUrl = 'http://127.0.0.1:3000'

let x: Emulator
let alice: EmulatedUser
let baseUrl: string

beforeEach(async () => {
  const receiver = createReceiver({ consumerSecret: () => x.app.consumerSecret })
  x = createEmulator({ fetch: (request) => receiver.fetch(request) })
  alice = x.addUser({ screenName: 'alice' })
  const server = await serveEmulator(x)
  onTestFinished(() => server.close())
  baseUrl = server.url
  const webhook = await createClient({ ...x.app, baseUrl }).webhooks.create('https://app.example/webhook')
  const { consumerKey, consumerSecret } = x.app
  const env = { X_CONSUMER_KEY: consumerKey, X_CONSUMER_SECRET: consumerSecret, X_BASE_URL: baseUrl }
  for (const [name, value] of Object.entries({ ...env, X_WEBHOOK_ID: webhook.id, APP_URL: appUrl })) {
    vi.stubEnv(name, value)
  }
  vi.spyOn(console, 'log').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

interface Exports {
  readonly app: { fetch(request: Request): Promise<Response> }
}

const apps: readonly [name: string, start: () => Promise<string>][] = [
  ['Express', async () => (await runModule(write(blockWith(blocks, "from 'express'")))).url()],
  [
    'Hono',
    async () => {
      const { exports } = await runModule<Exports>(write(blockWith(blocks, "from 'hono'")))
      return serveFetch((request) => exports.app.fetch(request))
    },
  ],
]

describe.each(apps)('signing in with %s', (_, start) => {
  /** A browser that has opened `/sign-in`: where X's page is, and the cookie. */
  async function begin(url: string) {
    const response = await fetch(`${url}/sign-in`, { redirect: 'manual' })
    expect(response.status).toBe(302)
    const [setCookie = ''] = response.headers.getSetCookie()
    expect(setCookie).toMatch(/; HttpOnly/)
    expect(setCookie).toMatch(/; SameSite=Lax/)
    return { page: new URL(response.headers.get('location') ?? ''), cookie: setCookie.split(';', 1)[0] ?? '' }
  }

  /** Clicks on X's page; returns where X sends the browser. */
  async function decide(page: URL, answer: Record<string, string>): Promise<URL> {
    expect(page.pathname).toBe('/oauth/authorize')
    const body = new URLSearchParams({ oauth_token: page.searchParams.get('oauth_token') ?? '', ...answer })
    const response = await fetch(new URL(page.pathname, page), { method: 'POST', body, redirect: 'manual' })
    return new URL(response.headers.get('location') ?? '')
  }

  async function comeBack(url: string, back: URL, cookie?: string): Promise<[status: number, text: string]> {
    expect(back.origin).toBe(appUrl)
    const response = await fetch(`${url}${back.pathname}${back.search}`, { ...(cookie && { headers: { cookie } }) })
    return [response.status, await response.text()]
  }

  it('subscribes a user who authorises the app, and does no harm the second time', async () => {
    const url = await start()
    for (const _ of ['first', 'second']) {
      const { page, cookie } = await begin(url)
      const back = await decide(page, { screen_name: 'alice' })
      expect(await comeBack(url, back, cookie)).toEqual([200, 'Welcome, @alice.'])
      expect(x.webhooks[0]?.subscribers).toEqual([alice.id])
    }
    expect(console.log).toHaveBeenCalledWith(expect.stringContaining(`the tokens of ${alice.id}: `))
  })

  it('does not subscribe a user who refuses', async () => {
    const url = await start()
    const { page, cookie } = await begin(url)
    const back = await decide(page, { cancel: '1' })
    expect(await comeBack(url, back, cookie)).toEqual([403, 'You did not authorise the app.'])
    expect(x.webhooks[0]?.subscribers).toEqual([])
  })

  it('takes no callback of another browser, and none twice', async () => {
    const url = await start()
    const { page, cookie } = await begin(url)
    const back = await decide(page, { screen_name: 'alice' })
    const expired: [number, string] = [400, 'This sign-in has expired. Please start again.']
    expect(await comeBack(url, back)).toEqual(expired)
    expect(await comeBack(url, back, cookie)).toEqual(expired)
    expect(x.webhooks[0]?.subscribers).toEqual([])
  })

  it('answers a URL that X did not make with an error', async () => {
    const [status] = await comeBack(await start(), new URL('/signed-in', appUrl))
    expect(status).toBe(500)
  })
})
