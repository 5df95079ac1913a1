import { describe, expect, it } from 'vitest'
import { EmulatorHarness, start } from '../../../support/emulator-harness.ts'
import { oauth1Header } from '../../../support/emulator-oauth1.ts'

const now = Math.floor(start / 1000)

/** A harness with a webhook, and the URL and the keys of a call that requires user context. */
async function createSigned() {
  const harness = new EmulatorHarness()
  const alice = harness.x.addUser({ screenName: 'alice' })
  const url = `https://api.x.com/2/account_activity/webhooks/${await harness.register()}/subscriptions/all`
  const keys = {
    ...harness.x.app,
    accessToken: alice.accessToken,
    accessTokenSecret: alice.accessTokenSecret,
  }
  return { harness, alice, url, keys }
}

type Signing = Parameters<typeof oauth1Header>[2]

async function check(options: Partial<Signing> & { keys?: object; url?: string; sentTo?: string } = {}) {
  const { harness, keys, ...rest } = await createSigned()
  const url = options.url ?? rest.url
  const signing = { timestamp: now, nonce: 'n', ...options }
  const authorization = oauth1Header({ method: 'GET', url }, { ...keys, ...options.keys }, signing)
  return harness.x.fetch(options.sentTo ?? url, { headers: { authorization } })
}

describe('OAuth 1.0a', () => {
  it('accepts a valid request', async () => {
    const response = await check()
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { subscribed: false } })
  })

  it.each([
    ['five minutes ago', now - 300, 200],
    ['a second more ago', now - 301, 401],
    ['in five minutes', now + 300, 200],
    ['in a second more', now + 301, 401],
    ['zero', 0, 401],
    ['negative', -now, 401],
    ['not a whole number', now + 0.5, 401],
    ['in milliseconds', start, 401],
    ['not a number', Number.NaN, 401],
    ['infinite', Number.POSITIVE_INFINITY, 401],
  ])('answers a timestamp %s as X does', async (_, timestamp, status) => {
    expect((await check({ timestamp })).status).toBe(status)
  })

  it.each([
    ['another method', { oauth_signature_method: 'PLAINTEXT' }],
    ['no method', { oauth_signature_method: '' }],
    ['version 2.0', { oauth_version: '2.0' }],
    ['version 1', { oauth_version: '1' }],
    ['version 1.0b', { oauth_version: '1.0b' }],
    ['no nonce', { oauth_nonce: '' }],
    ['no timestamp', { oauth_timestamp: '' }],
    ['no consumer key', { oauth_consumer_key: '' }],
    ['an unknown consumer key', { oauth_consumer_key: 'constructor' }],
    ['no token', { oauth_token: '' }],
    ['an unknown token', { oauth_token: '__proto__' }],
  ])('refuses %s', async (_, oauth) => {
    const response = await check({ oauth })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({
      title: 'Unauthorized',
      type: 'about:blank',
      status: 401,
      detail: 'Unauthorized',
    })
  })

  // https://github.com/twitter/joauth: UnpackedRequest.verify accepts 1.0, and 1.0a in any case.
  it.each(['', '1.0', '1.0a', '1.0A'])('accepts the version %j', async (version) => {
    expect((await check({ oauth: { oauth_version: version } })).status).toBe(200)
  })

  it.each([{ consumerSecret: 'wrong' }, { accessTokenSecret: 'wrong' }, { accessTokenSecret: '' }])(
    'refuses a request that is signed with %j',
    async (keys) => {
      expect((await check({ keys })).status).toBe(401)
    },
  )

  it('refuses a query that differs from the signed one', async () => {
    const { url } = await createSigned()
    expect((await check({ url: `${url}?a=1` })).status).toBe(200)
    expect((await check({ url: `${url}?a=1`, sentTo: `${url}?a=2` })).status).toBe(401)
    expect((await check({ url, sentTo: `${url}?a` })).status).toBe(401)
    expect((await check({ url, sentTo: `${url}?%FF` })).status).toBe(401)
  })

  it('accepts repeated keys, plus signs, percent signs and characters beyond ASCII', async () => {
    const { url } = await createSigned()
    expect((await check({ url: `${url}?b=1&a=2&a=1&c=%2B+%25&d=%E2%98%83&e==&f` })).status).toBe(200)
  })

  it('uses up a nonce only with a valid signature, and only for its timestamp', async () => {
    const { harness, url, keys } = await createSigned()
    const ask = (timestamp: number, nonce: string, secret = keys.consumerSecret) => {
      const signed = { ...keys, consumerSecret: secret }
      const authorization = oauth1Header({ method: 'GET', url }, signed, { timestamp, nonce })
      return harness.x.fetch(url, { headers: { authorization } }).then(({ status }) => status)
    }
    expect(await ask(now, 'a', 'wrong')).toBe(401)
    expect(await ask(now, 'a')).toBe(200)
    expect(await ask(now, 'a')).toBe(401)
    expect(await ask(now - 1, 'a')).toBe(200)
    expect(await ask(now, 'b')).toBe(200)
  })

  it('accepts the clock of the emulator and the base clock after the clock was advanced', async () => {
    const { harness, url, keys } = await createSigned()
    await harness.x.advance({ hours: 3 })
    const ask = (timestamp: number) => {
      const authorization = oauth1Header({ method: 'GET', url }, keys, { timestamp, nonce: `n${timestamp}` })
      return harness.x.fetch(url, { headers: { authorization } }).then(({ status }) => status)
    }
    expect(await ask(now)).toBe(200)
    expect(await ask(now + 3 * 3600 + 300)).toBe(200)
    expect(await ask(now - 301)).toBe(401)
    expect(await ask(now + 3 * 3600 + 301)).toBe(401)
  })

  it('reads its parameters from the query, and refuses a repeated one', async () => {
    const { harness, url, keys } = await createSigned()
    const header = oauth1Header({ method: 'GET', url }, keys, { timestamp: now, nonce: 'n' })
    const query = header.slice('OAuth '.length).replaceAll('"', '').split(', ').join('&')
    expect((await harness.x.fetch(`${url}?${query}&oauth_nonce=n`)).status).toBe(401)
    expect((await harness.x.fetch(`${url}?${query}`)).status).toBe(200)
  })

  it('counts a parameter once that is in the header and in the query, and refuses two values', async () => {
    const { url, keys } = await createSigned()
    const repeated = `${url}?oauth_token=${keys.accessToken}`
    expect((await check({ url, sentTo: repeated })).status).toBe(200)
    expect((await check({ url, sentTo: `${url}?oauth_token=another` })).status).toBe(401)
    // A client that signs the repeated parameter twice is refused.
    expect((await check({ url: repeated })).status).toBe(401)
  })

  it('includes the parameters of a form, and not a JSON body', async () => {
    const { harness, url, keys } = await createSigned()
    const send = (type: string, body: string, form: Record<string, string>, nonce: string) => {
      const authorization = oauth1Header({ method: 'POST', url, form }, keys, { timestamp: now, nonce })
      const headers = { authorization, 'content-type': type }
      return harness.x.fetch(url, { method: 'POST', headers, body }).then(({ status }) => status)
    }
    const form = 'application/x-www-form-urlencoded; charset=utf-8'
    expect(await send(form, 'a=b+c', {}, '1')).toBe(401)
    expect(await send(form, 'a=b+c', { a: 'b c' }, '2')).toBe(200)
    expect(await send('application/json', '{}', {}, '3')).toBe(400) // a duplicate subscription, so the signature was accepted
  })

  it('refuses an OAuth 2.0 token and the token of another app', async () => {
    const { harness, alice, url, keys } = await createSigned()
    const other = harness.x.addApp()
    const tokens = await alice.authorize(other)
    const ask = (accessToken: string, accessTokenSecret: string, nonce: string) => {
      const signed = { ...keys, accessToken, accessTokenSecret }
      const authorization = oauth1Header({ method: 'GET', url }, signed, { timestamp: now, nonce })
      return harness.x.fetch(url, { headers: { authorization } }).then(({ status }) => status)
    }
    expect(await ask(alice.oauth2Token, alice.accessTokenSecret, '1')).toBe(401)
    expect(await ask(tokens.accessToken, tokens.accessTokenSecret, '2')).toBe(401)
  })
})
