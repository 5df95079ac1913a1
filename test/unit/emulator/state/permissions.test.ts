import { describe, expect, it } from 'vitest'
import type { AppSettings } from 'x-account-activity/emulator'
import { EmulatorHarness, hookUrl, subscriptionPath } from '../../../support/emulator-harness.ts'
import { callSigned, failureOf, registerAt } from '../../../support/emulator-v1.ts'

const cannotWrite = { status: 403, code: 261, message: 'Application cannot perform write actions.' }
const premium = '/1.1/account_activity/all/dev'
const enterprise = '/1.1/account_activity'
const register = `webhooks.json?url=${encodeURIComponent(hookUrl)}`

const lacksPermission = {
  title: 'Forbidden',
  detail: 'Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.',
  type: 'https://api.x.com/2/problems/oauth1-permissions',
  status: 403,
}

/** A harness whose app asks for less than direct messages, and the tokens given to it. */
async function createHarness(permissions: NonNullable<AppSettings['permissions']>) {
  const harness = new EmulatorHarness()
  harness.x.configureApp({ permissions })
  harness.x.regenerateTokens()
  const alice = harness.x.addUser({ screenName: 'alice' })
  return { harness, alice }
}

describe('the permissions of an app', () => {
  it.each([
    ['POST', `${premium}/${register}`],
    ['PUT', `${premium}/webhooks/1.json`],
    ['DELETE', `${premium}/webhooks/1.json`],
    ['POST', `${premium}/subscriptions.json`],
    ['GET', `${premium}/subscriptions.json`],
    ['DELETE', `${premium}/subscriptions.json`],
    ['POST', `${enterprise}/${register}`],
    ['PUT', `${enterprise}/webhooks/1.json`],
    ['DELETE', `${enterprise}/webhooks/1.json`],
    ['POST', `${enterprise}/webhooks/1/subscriptions/all.json`],
    ['GET', `${enterprise}/webhooks/1/subscriptions/all.json`],
    ['DELETE', `${enterprise}/webhooks/1/subscriptions/all.json`],
  ])('are too few for %s %s without direct messages', async (method, path) => {
    for (const permissions of ['read', 'read-write'] as const) {
      const { harness } = await createHarness(permissions)
      const response = await callSigned(harness, harness.x.app, { method, path })
      expect(response.headers.get('x-access-level')).toBe(permissions)
      expect(await failureOf(response)).toEqual(cannotWrite)
    }
    const { harness } = await createHarness('read-write-directmessages')
    expect([200, 404]).toContain((await callSigned(harness, harness.x.app, { method, path })).status)
  })

  it.each(['POST', 'GET'])('are too few for %s in v2', async (method) => {
    for (const permissions of ['read', 'read-write'] as const) {
      const { harness, alice } = await createHarness(permissions)
      const response = await harness.asUser(alice, method, subscriptionPath('1'))
      expect(response.status).toBe(403)
      expect(await response.json()).toEqual(lacksPermission)
    }
  })

  it.each([
    ['POST', '/2/webhooks'],
    ['PUT', '/2/webhooks/1'],
    ['DELETE', '/2/webhooks/1'],
  ])('must be to write for %s %s', async (method, path) => {
    const reader = await createHarness('read')
    const refused = await reader.harness.asUser(reader.harness.x.app, method, path)
    expect(await refused.json()).toEqual(lacksPermission)
    const writer = await createHarness('read-write')
    expect((await writer.harness.asUser(writer.harness.x.app, method, path)).status).toBe(400)
  })

  it('are enough to read with whatever they are', async () => {
    const { harness, alice } = await createHarness('read')
    const response = await harness.asUser(alice, 'GET', '/2/users/me')
    expect([response.status, response.headers.get('x-access-level')]).toEqual([200, 'read'])
  })

  it('stay with a token as they were when it was given, until the user authorises the app again', async () => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const webhookId = await harness.register()
    const check = (tokens: { accessToken: string; accessTokenSecret: string }) =>
      harness.asUser(tokens, 'GET', subscriptionPath(webhookId))
    const first = { accessToken: alice.accessToken, accessTokenSecret: alice.accessTokenSecret }
    harness.x.configureApp({ permissions: 'read' })
    expect((await check(first)).status).toBe(200)
    const second = await alice.authorize()
    expect(second.accessToken).not.toBe(first.accessToken)
    expect(alice.accessToken).toBe(second.accessToken)
    expect((await check(second)).status).toBe(403)
    expect((await check(first)).status).toBe(401)
    harness.x.configureApp({ permissions: 'read-write-directmessages' })
    expect((await check(second)).status).toBe(403)
    expect((await check(await alice.authorize())).status).toBe(200)
    expect(await alice.authorize()).toEqual(await alice.authorize())
  })

  it('leave the token of OAuth 2.0 and the subscriptions as they are', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    const { oauth2Token } = alice
    harness.x.configureApp({ permissions: 'read' })
    expect((await alice.authorize()).oauth2Token).toBe(oauth2Token)
    await alice.post('Still heard')
    expect(await harness.flush()).toHaveLength(1)
  })

  it('come to the tokens of the owner when they are regenerated', async () => {
    const { x } = new EmulatorHarness()
    const { accessToken, accessTokenSecret } = x.app
    x.configureApp({ permissions: 'read' })
    expect(x.app).toMatchObject({ accessToken, accessTokenSecret })
    x.regenerateTokens()
    expect(x.app.accessToken).not.toBe(accessToken)
    expect(x.app.accessTokenSecret).not.toBe(accessTokenSecret)
  })

  it('are those of one app', async () => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const app = harness.x.addApp({ name: 'Reader', permissions: 'read' })
    const tokens = await alice.authorize(app)
    const other = await harness.asUser(tokens, 'GET', '/2/users/me', app)
    expect(other.headers.get('x-access-level')).toBe('read')
    const own = await harness.asUser(alice, 'GET', '/2/users/me')
    expect(own.headers.get('x-access-level')).toBe('read-write-directmessages')
  })

  it('are not told to an app alone', async () => {
    expect((await new EmulatorHarness().asApp('GET', '/2/webhooks')).headers.has('x-access-level')).toBe(false)
  })
})

describe('scopes', () => {
  const all = ['dm.read', 'dm.write', 'tweet.read', 'users.read'] as const

  function asOAuth2(harness: EmulatorHarness, token: string, method: string, path: string): Promise<Response> {
    return harness.x.fetch(`https://api.x.com${path}`, { method, headers: { authorization: `Bearer ${token}` } })
  }

  it.each(all)('without %s are too few to subscribe and to check', async (missing) => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const path = subscriptionPath(await harness.register())
    const { oauth2Token } = await alice.authorize(undefined, { scopes: all.filter((scope) => scope !== missing) })
    for (const method of ['POST', 'GET']) {
      const response = await asOAuth2(harness, oauth2Token, method, path)
      expect(response.status).toBe(403)
      expect(await response.json()).toEqual({
        title: 'Forbidden',
        detail: 'The access token must have the scopes [dm.read, dm.write, tweet.read, users.read].',
        type: 'about:blank',
        status: 403,
      })
    }
  })

  it('that are there are enough, and told as a level', async () => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const path = subscriptionPath(await harness.register())
    const { oauth2Token } = await alice.authorize(undefined, { scopes: all })
    const response = await asOAuth2(harness, oauth2Token, 'POST', path)
    expect(await response.json()).toEqual({ data: { subscribed: true } })
    expect(response.headers.get('x-access-level')).toBe('read-write-directmessages')
  })

  it.each([
    [['tweet.read', 'users.read'], 'read'],
    [['tweet.read', 'users.read', 'dm.read'], 'read'],
    [['tweet.read', 'users.read', 'like.write'], 'read-write'],
  ] as const)('%j are told as the level %s', async (scopes, level) => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const { oauth2Token } = await alice.authorize(undefined, { scopes })
    const response = await asOAuth2(harness, oauth2Token, 'GET', '/2/users/me')
    expect([response.status, response.headers.get('x-access-level')]).toEqual([200, level])
  })

  it('change the token of OAuth 2.0 alone, and stay until others are given', async () => {
    const { x } = new EmulatorHarness()
    const alice = x.addUser({ screenName: 'alice' })
    const { accessToken, oauth2Token } = alice
    const changed = await alice.authorize(undefined, { scopes: ['users.read', 'tweet.read', 'users.read'] })
    expect(changed.accessToken).toBe(accessToken)
    expect(changed.oauth2Token).not.toBe(oauth2Token)
    expect(await alice.authorize()).toEqual(changed)
    expect(await alice.authorize(undefined, { scopes: ['tweet.read', 'users.read'] })).toEqual(changed)
    expect(alice.oauth2Token).toBe(changed.oauth2Token)
  })

  it.each<[unknown, typeof TypeError | typeof RangeError]>([
    [{ scopes: 'dm.read' }, TypeError],
    [{ scopes: [1] }, TypeError],
    [{ scopes: ['dm'] }, RangeError],
    [{ scopes: ['__proto__'] }, RangeError],
    [{ scope: ['dm.read'] }, RangeError],
    [null, TypeError],
  ])('cannot be %j', async (options, error) => {
    const alice = new EmulatorHarness().x.addUser({ screenName: 'alice' })
    await expect(alice.authorize(undefined, options as object)).rejects.toThrow(error)
  })
})

describe('an app without access', () => {
  const notEnrolled = (clientId: string) => ({
    title: 'Client Forbidden',
    detail: expect.any(String),
    type: 'https://api.x.com/2/problems/client-forbidden',
    status: 403,
    reason: 'client-not-enrolled',
    client_id: clientId,
    required_enrollment: 'Appropriate Level of API Access',
    registration_url: 'https://developer.x.com/en/portal/projects-and-apps',
  })

  it.each([
    ['POST', '/2/webhooks'],
    ['GET', '/2/webhooks'],
    ['PUT', '/2/webhooks/1'],
    ['DELETE', '/2/webhooks/1'],
    ['POST', '/2/webhooks/replay'],
    ['GET', '/2/account_activity/webhooks/1/subscriptions/all/list'],
    ['DELETE', '/2/account_activity/webhooks/1/subscriptions/1/all'],
    ['GET', '/2/account_activity/subscriptions/count'],
    ['POST', '/2/account_activity/replay/webhooks/1/subscriptions/all'],
  ])('is told so by %s %s', async (method, path) => {
    const harness = new EmulatorHarness()
    const app = harness.x.addApp({ enrolled: false })
    const response = await harness.asApp(method, path, undefined, app)
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual(notEnrolled(app.id))
    harness.x.configureApp({ enrolled: true }, app)
    expect((await harness.asApp(method, path, undefined, app)).status).not.toBe(403)
  })

  it.each(['POST', 'GET'])('is told so by %s for a user', async (method) => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    harness.x.configureApp({ enrolled: false })
    const response = await harness.asUser(alice, method, subscriptionPath('1'))
    expect(await response.json()).toEqual(notEnrolled(harness.x.app.id))
  })

  it('is forbidden everything in v1.1', async () => {
    const harness = new EmulatorHarness()
    await registerAt(harness, `${premium}/webhooks.json`)
    harness.x.configureApp({ enrolled: false })
    const response = await callSigned(harness, harness.x.app, { method: 'POST', path: `${premium}/subscriptions.json` })
    expect(await failureOf(response)).toEqual({ status: 403, code: 200, message: 'Forbidden.' })
  })
})

describe('a user whose subscriptions are denied', () => {
  it.each(['POST', 'GET'])('is named by %s in v2', async (method) => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const bob = harness.x.addUser({ screenName: 'bob' })
    const path = subscriptionPath(await harness.register())
    harness.x.configureApp({ deniedUsers: [alice] })
    const response = await harness.asUser(alice, method, path)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      type: 'https://api.x.com/2/problems/not-authorized-for-resource',
      resource_type: 'user',
      resource_id: alice.id,
    })
    expect((await harness.asUser(bob, method, path)).status).toBe(200)
  })
})

describe('settings', () => {
  it('give an app an OAuth 2.0 client secret, and take it away', () => {
    const { x } = new EmulatorHarness()
    expect(x.app.clientSecret).toBeUndefined()
    x.configureApp({ oauth2: true })
    const { clientSecret } = x.app
    expect(clientSecret).toMatch(/^[A-Za-z0-9]{50}$/)
    x.configureApp({ enrolled: false })
    expect(x.app.clientSecret).toBe(clientSecret)
    x.configureApp({ oauth2: false })
    expect(x.app.clientSecret).toBeUndefined()
    expect(x.addApp({ oauth2: true }).clientSecret).toMatch(/^[A-Za-z0-9]{50}$/)
  })

  it.each<[unknown, typeof TypeError | typeof RangeError]>([
    [undefined, TypeError],
    [null, TypeError],
    ['read', TypeError],
    [{ permissions: 'write' }, RangeError],
    [{ permissions: '__proto__' }, RangeError],
    [{ permissions: 1 }, TypeError],
    [{ enrolled: 'no' }, TypeError],
    [{ oauth2: 1 }, TypeError],
    [{ deniedUsers: 'alice' }, TypeError],
    [{ deniedUsers: ['alice'] }, TypeError],
    [{ deniedUsers: [{ id: '1' }] }, RangeError],
    [{ permission: 'read' }, RangeError],
    [{ name: 'Other' }, RangeError],
  ])('cannot be %j', (settings, error) => {
    const { x } = new EmulatorHarness()
    expect(() => x.configureApp(settings as AppSettings)).toThrow(error)
  })

  it('that are wrong change nothing, nor make an app', async () => {
    const harness = new EmulatorHarness()
    const bad = { permissions: 'read', enrolled: 'no' } as unknown as AppSettings
    expect(() => harness.x.configureApp(bad)).toThrow(TypeError)
    expect(() => harness.x.addApp(bad)).toThrow(TypeError)
    harness.x.regenerateTokens()
    const response = await harness.asUser(harness.x.app, 'GET', '/2/users/me')
    expect(response.headers.get('x-access-level')).toBe('read-write-directmessages')
    expect(harness.x.addApp().id).toBe(String(Number(harness.x.app.id) + 1))
  })

  it('of no app of this emulator cannot be changed', () => {
    const { x } = new EmulatorHarness()
    expect(() => x.configureApp({}, { id: '1' })).toThrow(RangeError)
    expect(() => x.regenerateTokens({ id: '__proto__' })).toThrow(RangeError)
    expect(() => x.addApp({ name: '' })).toThrow(RangeError)
    expect(() => x.addApp({ name: 5 } as unknown as AppSettings)).toThrow(TypeError)
  })
})
