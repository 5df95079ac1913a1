import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ApiFaults, RequestRecord } from 'x-account-activity/emulator'
import { EmulatorHarness, hookUrl, start, subscriptionPath } from '../../../support/emulator-harness.ts'
import { oauth1Header } from '../../../support/emulator-oauth1.ts'
import { basicAuthorization, callRequestToken, getRequestToken } from '../../../support/emulator-sign-in.ts'
import { callSigned, registerAt } from '../../../support/emulator-v1.ts'

/** The last record. */
function lastOf(harness: EmulatorHarness): RequestRecord | undefined {
  return harness.x.requests.at(-1)
}

describe('x.requests', () => {
  it('is empty at first', () => expect(new EmulatorHarness().x.requests).toEqual([]))

  it('lists the requests in the order in which they came in', async () => {
    const harness = new EmulatorHarness()
    const id = await harness.register()
    await harness.x.advance({ minutes: 1 })
    await harness.asApp('DELETE', `/2/webhooks/${id}?reason=test`)
    expect(harness.x.requests).toEqual([
      { number: 1, at: start, method: 'POST', path: '/2/webhooks', route: 'POST /2/webhooks', status: 200 },
      {
        number: 2,
        at: start + 60_000,
        method: 'DELETE',
        path: `/2/webhooks/${id}?reason=test`,
        route: 'DELETE /2/webhooks/:webhook_id',
        status: 200,
      },
    ])
  })

  it('lists a request before it is answered', async () => {
    const harness = new EmulatorHarness()
    let answer = () => {}
    harness.onCrc = async (request) => {
      await new Promise<void>((resolve) => (answer = resolve))
      return harness.answerCrc(request)
    }
    const pending = harness.asApp('POST', '/2/webhooks', { url: hookUrl })
    await expect.poll(() => harness.challenges.length).toBe(1)
    expect(lastOf(harness)).toEqual({
      number: 1,
      at: start,
      method: 'POST',
      path: '/2/webhooks',
      route: 'POST /2/webhooks',
    })
    answer()
    await pending
    expect(lastOf(harness)).toMatchObject({ status: 200 })
  })

  it('does not list requests for the control API, and lists them when it is off', async () => {
    const { x } = new EmulatorHarness()
    await x.fetch('http://127.0.0.1/emulator')
    expect(x.requests).toEqual([])
    const other = new EmulatorHarness({ control: false, onUnknownRequest: 'ignore' })
    await other.x.fetch('http://127.0.0.1/emulator')
    expect(lastOf(other)).toMatchObject({ path: '/emulator', failedCheck: 'route' })
  })

  it('is empty after load() and reset(), and is not part of a saved state', async () => {
    const harness = new EmulatorHarness()
    const before = harness.x.save()
    await harness.asApp('GET', '/2/webhooks')
    expect(harness.x.save()).toEqual(before)
    await harness.x.load(harness.x.save())
    expect(harness.x.requests).toEqual([])
    await harness.asApp('GET', '/2/webhooks')
    expect(lastOf(harness)).toMatchObject({ number: 1 })
    await harness.x.reset()
    expect(harness.x.requests).toEqual([])
  })
})

describe('a refused request', () => {
  it.each<[string, string, object]>([
    [
      'GET',
      '/2/webhook',
      { failedCheck: 'route', reason: 'No route has this path. The nearest route is GET /2/webhooks.', status: 404 },
    ],
    ['GET', '/nothing', { failedCheck: 'route', reason: 'No route has this path.', status: 404 }],
    ['PATCH', '/2/webhooks', { failedCheck: 'method', reason: 'This path allows POST and GET only.', status: 405 }],
    [
      'GET',
      '/1.1/account_activity/nothing.json',
      { failedCheck: 'route', reason: 'No route has this path.', status: 403 },
    ],
  ])('names the check "route" or "method": %s %s', async (method, path, expected) => {
    const harness = new EmulatorHarness({ onUnknownRequest: 'ignore' })
    await harness.asApp(method, path)
    expect(lastOf(harness)).toEqual({ number: 1, at: start, method, path, ...expected })
  })

  it.each<[string, string | undefined, object]>([
    [
      'no header',
      undefined,
      {
        failedCheck: 'credentials',
        reason: 'The request has no bearer token and no OAuth 1.0a parameters.',
      },
    ],
    [
      'another scheme',
      'Basic YTpi',
      {
        failedCheck: 'credentials',
        reason: 'The request has no bearer token and no OAuth 1.0a parameters.',
      },
    ],
    [
      'an unknown bearer token',
      'Bearer wrong',
      { failedCheck: 'token', reason: 'The bearer token is unknown or has expired, or it was invalidated or revoked.' },
    ],
    [
      'a malformed OAuth header',
      'OAuth a',
      { failedCheck: 'credentials', reason: 'An OAuth 1.0a parameter is malformed.' },
    ],
  ])('names the check of %s', async (_, authorization, expected) => {
    const harness = new EmulatorHarness()
    const headers: HeadersInit = authorization === undefined ? {} : { authorization }
    await harness.x.fetch('https://api.x.com/2/webhooks', { headers })
    expect(lastOf(harness)).toMatchObject({ ...expected, status: 401, route: 'GET /2/webhooks' })
  })

  const now = Math.floor(start / 1000)

  it.each<[string, { oauth?: Record<string, string>; timestamp?: number; secret?: string }, object]>([
    ['a valid signature', {}, {}],
    [
      'another signature method',
      { oauth: { oauth_signature_method: 'PLAINTEXT' } },
      { failedCheck: 'credentials', reason: '`oauth_signature_method` must be HMAC-SHA1.' },
    ],
    [
      'another version',
      { oauth: { oauth_version: '2.0' } },
      { failedCheck: 'credentials', reason: '`oauth_version` must be 1.0 or 1.0a, or absent.' },
    ],
    [
      'a malformed timestamp',
      { oauth: { oauth_timestamp: 'now' } },
      { failedCheck: 'credentials', reason: '`oauth_timestamp` must be in whole seconds since 1970.' },
    ],
    [
      'no nonce',
      { oauth: { oauth_nonce: '' } },
      { failedCheck: 'credentials', reason: '`oauth_nonce` must not be empty.' },
    ],
    [
      'an unknown consumer key',
      { oauth: { oauth_consumer_key: 'unknown' } },
      { failedCheck: 'consumer-key', reason: 'No app of the emulator has this consumer key.' },
    ],
    [
      'an unknown token',
      { oauth: { oauth_token: 'unknown' } },
      {
        failedCheck: 'token',
        reason: 'The OAuth token is unknown, was revoked or has expired, or it belongs to another app.',
      },
    ],
    [
      'no token',
      { oauth: { oauth_token: '' }, secret: '' },
      { failedCheck: 'token', reason: 'The request is signed without the access token of a user.' },
    ],
    [
      'an old timestamp',
      { timestamp: now - 301 },
      {
        failedCheck: 'timestamp',
        reason: 'The timestamp is 301 seconds behind the clock of the emulator. X accepts 300 seconds.',
      },
    ],
    [
      'a future timestamp',
      { timestamp: now + 301 },
      {
        failedCheck: 'timestamp',
        reason: 'The timestamp is 301 seconds ahead of the clock of the emulator. X accepts 300 seconds.',
      },
    ],
    [
      'a wrong secret',
      { secret: 'wrong' },
      {
        failedCheck: 'signature',
        reason:
          'The signature does not match. Check the consumer secret, the token secret, and the method, URL and parameters that the client signs.',
      },
    ],
  ])('names the check of an OAuth 1.0a request with %s', async (_, change, expected) => {
    const harness = new EmulatorHarness()
    const { app } = harness.x
    const url = 'https://api.x.com/2/users/me'
    const keys = { ...app, accessToken: app.accessToken, accessTokenSecret: change.secret ?? app.accessTokenSecret }
    const signing = { timestamp: change.timestamp ?? now, nonce: 'n', ...(change.oauth && { oauth: change.oauth }) }
    const response = await harness.x.fetch(url, {
      headers: { authorization: oauth1Header({ method: 'GET', url }, keys, signing) },
    })
    const { number: _number, at: _at, method: _method, path: _path, ...rest } = lastOf(harness) ?? {}
    expect(rest).toEqual({ route: 'GET /2/users/me', status: response.status, ...expected })
  })

  it('names the check of a nonce that was used, and of a repeated parameter', async () => {
    const harness = new EmulatorHarness()
    const { app } = harness.x
    const url = 'https://api.x.com/2/users/me'
    const authorization = oauth1Header({ method: 'GET', url }, app, { timestamp: now, nonce: 'n' })
    for (let time = 0; time < 2; time += 1) await harness.x.fetch(url, { headers: { authorization } })
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'nonce',
      reason: 'The nonce was already used with this timestamp.',
    })
    await harness.x.fetch(`${url}?oauth_nonce=other`, { headers: { authorization } })
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'credentials',
      reason: 'An OAuth 1.0a parameter occurs twice.',
    })
  })

  it('names the check "authentication-kind"', async () => {
    const harness = new EmulatorHarness()
    await harness.asApp('POST', subscriptionPath('1'))
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'authentication-kind',
      reason:
        'The route does not accept OAuth 2.0 Application-Only. It accepts OAuth 1.0a User Context and OAuth 2.0 User Context.',
      status: 403,
    })
  })

  it('names the checks "enrolment", "rate-limit", "permissions" and "scopes"', async () => {
    const harness = new EmulatorHarness({ limits: { rate: { 'GET /2/webhooks': 1 } } })
    const alice = harness.x.addUser({ screenName: 'alice' })
    harness.x.configureApp({ enrolled: false })
    await harness.asApp('GET', '/2/webhooks')
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'enrolment',
      reason: 'The app has no access to the API: its setting "enrolled" is false.',
    })
    await harness.asApp('GET', '/2/webhooks')
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'rate-limit',
      reason: 'The rate limit of 1 call in 15 minutes is exceeded. It resets at 2026-11-21T09:45:00.250Z.',
      status: 429,
    })
    harness.x.configureApp({ enrolled: true, permissions: 'read' })
    const { oauth2Token } = await alice.authorize(undefined, { scopes: ['tweet.read', 'users.read', 'dm.read'] })
    await harness.asUser(alice, 'GET', subscriptionPath('1'))
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'permissions',
      reason:
        'The access token has the permissions read, and the route needs read-write-directmessages. The user must authorise the app again after its permissions have changed.',
    })
    const headers = { authorization: `Bearer ${oauth2Token}` }
    await harness.x.fetch(`https://api.x.com${subscriptionPath('1')}`, { headers })
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'scopes',
      reason: 'The access token lacks the scopes dm.write.',
    })
  })

  it('names the check "endpoint" with the words of X', async () => {
    const harness = new EmulatorHarness()
    await harness.asApp('DELETE', '/2/webhooks/1')
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'endpoint',
      reason: 'WebhookIdInvalid: The webhook does not exist or belongs to another app',
      status: 400,
    })
    await callSigned(harness, harness.x.app, { method: 'DELETE', path: '/1.1/account_activity/webhooks/1.json' })
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'endpoint',
      reason: 'Code 34: Webhook does not exist or is associated with a different twitter application.',
      status: 404,
    })
    await harness.x.fetch('https://api.x.com/oauth/authorize?oauth_token=x')
    expect(lastOf(harness)).toMatchObject({
      path: '/oauth/authorize?oauth_token=[redacted]',
      failedCheck: 'endpoint',
      reason: 'The endpoint answered with status 403.',
    })
  })

  it('names the check of the OAuth endpoints', async () => {
    const harness = new EmulatorHarness()
    await callRequestToken(harness, 'oob', '', { ...harness.x.app, consumerSecret: 'wrong' })
    expect(lastOf(harness)).toMatchObject({ failedCheck: 'signature', status: 401 })
    await harness.x.fetch('https://api.x.com/oauth/access_token', { method: 'POST' })
    expect(lastOf(harness)).toMatchObject({
      failedCheck: 'token',
      reason: 'The request token is unknown, was used or has expired.',
    })
    for (const path of ['/oauth2/token', '/oauth2/invalidate_token']) {
      await harness.x.fetch(`https://api.x.com${path}`, { method: 'POST' })
      expect(lastOf(harness)).toMatchObject({ failedCheck: 'credentials', status: 403 })
    }
    expect(lastOf(harness)?.reason).toBe(
      'The request has no Basic header with the consumer key and the consumer secret of an app.',
    )
  })

  it.each<[keyof ApiFaults, number | undefined]>([
    ['rateLimited', 429],
    ['unavailable', 503],
    ['internalError', 500],
    ['htmlPage', 502],
    ['dropped', undefined],
    ['truncated', 200],
    ['slow', 200],
  ])('names the fault %s instead of a check', async (fault, status) => {
    const harness = new EmulatorHarness({ faults: { api: { [fault]: 1, slowMs: 0 } } })
    await harness.asApp('GET', '/2/webhooks').catch(() => undefined)
    const { status: actual, failedCheck, reason, fault: actualFault } = lastOf(harness) ?? {}
    expect([actual, failedCheck, reason, actualFault]).toEqual([status, undefined, undefined, `api.${fault}`])
  })
})

describe('the secrets of an emulator', () => {
  /** A harness with all kinds of secrets, and these secrets. */
  async function createWithSecrets() {
    const harness = new EmulatorHarness({ onUnknownRequest: 'ignore' })
    const { x } = harness
    x.configureApp({ oauth2: true })
    const alice = x.addUser({ screenName: 'alice' })
    const request = await getRequestToken(harness)
    const secrets = [
      x.app.consumerSecret,
      x.app.clientSecret ?? '',
      x.app.bearerToken,
      decodeURIComponent(x.app.bearerToken),
      x.app.accessToken,
      x.app.accessTokenSecret,
      alice.accessToken,
      alice.accessTokenSecret,
      alice.oauth2Token,
      request.token,
      request.secret,
    ]
    return { harness, secrets }
  }

  const places: [string, (secret: string) => [path: string, init?: RequestInit]][] = [
    ['a path segment', (secret) => [`/2/webhooks/${encodeURIComponent(secret)}`]],
    ['an unknown path', (secret) => [`/${encodeURIComponent(secret)}/x`]],
    ['a query parameter', (secret) => [`/2/webhooks?note=${encodeURIComponent(secret)}`]],
    ['an OAuth parameter', (secret) => [`/2/webhooks?oauth_token=${encodeURIComponent(secret)}`]],
    ['a header', (secret) => ['/2/webhooks', { headers: { authorization: `Bearer ${secret}` } }]],
    [
      'a Basic header',
      (secret) => ['/oauth2/token', { method: 'POST', headers: { authorization: basicAuthorization('key', secret) } }],
    ],
    [
      'a form',
      (secret) => ['/oauth2/invalidate_token', { method: 'POST', body: new URLSearchParams({ access_token: secret }) }],
    ],
    ['a JSON body', (secret) => ['/2/webhooks', { method: 'POST', body: JSON.stringify({ url: secret }) }]],
  ]

  it.each(places)('are not in the records when they are in %s', async (_, toRequest) => {
    const { harness, secrets } = await createWithSecrets()
    for (const secret of secrets) {
      const [path, init] = toRequest(secret)
      await harness.x.fetch(`https://api.x.com${path}`, init)
    }
    const text = JSON.stringify(harness.x.requests)
    for (const secret of secrets) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(encodeURIComponent(secret))
    }
  })

  it('are not in the reason when X repeats a parameter', async () => {
    const { harness, secrets } = await createWithSecrets()
    for (const secret of secrets) {
      await harness.asUser(harness.x.app, 'GET', `/2/users/me?user.fields=${encodeURIComponent(secret)}`)
      expect(lastOf(harness)?.reason).toContain('[redacted]')
    }
    const text = JSON.stringify(harness.x.requests)
    for (const secret of secrets) expect(text).not.toContain(secret)
  })
})

/** Encodes a text for a path or a query. A lone surrogate cannot be encoded. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

describe('any request', () => {
  it('has a record that is plain JSON', async () => {
    const harness = new EmulatorHarness({ onUnknownRequest: 'ignore' })
    await registerAt(harness, '/1.1/account_activity/webhooks.json')
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS')
    const text = fc.oneof(fc.constantFrom('2', '1.1', 'webhooks', 'oauth_token'), fc.string()).map(encode)
    const query = fc.array(fc.tuple(text, text).map((pair) => pair.join('='))).map((pairs) => pairs.join('&'))
    await fc.assert(
      fc.asyncProperty(method, fc.array(text), query, async (name, segments, search) => {
        const url = `https://api.x.com/${segments.join('/')}?${search}`
        const response = await harness.x.fetch(url, { method: name })
        const record = lastOf(harness)
        expect(record).toMatchObject({ method: name, status: response.status })
        expect(JSON.parse(JSON.stringify(record))).toEqual(record)
        expect(record?.path.length).toBeLessThanOrEqual(2048)
      }),
      { numRuns: 100 },
    )
  })
})
