import { describe, expect, it } from 'vitest'
import type { AppSettings } from 'x-account-activity/emulator'
import { EmulatorHarness, hookUrl, subscriptionPath } from '../../../support/emulator-harness.ts'
import { callSigned, failureOf } from '../../../support/emulator-v1.ts'

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

/** A harness whose app and users have tokens with these permissions. */
async function createHarness(permissions: NonNullable<AppSettings['permissions']>) {
  const harness = new EmulatorHarness()
  harness.x.configureApp({ permissions })
  harness.x.regenerateTokens()
  const alice = harness.x.addUser({ screenName: 'alice' })
  return { harness, alice }
}

describe('the permissions of a token', () => {
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
  ])('must include direct messages for %s %s', async (method, path) => {
    for (const permissions of ['read', 'read-write'] as const) {
      const { harness } = await createHarness(permissions)
      const response = await callSigned(harness, harness.x.app, { method, path })
      expect(response.headers.get('x-access-level')).toBe(permissions)
      expect(await failureOf(response)).toEqual(cannotWrite)
    }
    const { harness } = await createHarness('read-write-directmessages')
    expect([200, 404]).toContain((await callSigned(harness, harness.x.app, { method, path })).status)
  })

  it.each(['POST', 'GET'])('must include direct messages for subscriptions in v2: %s', async (method) => {
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
  ])('must include writing for %s %s', async (method, path) => {
    const reader = await createHarness('read')
    const refused = await reader.harness.asUser(reader.harness.x.app, method, path)
    expect(await refused.json()).toEqual(lacksPermission)
    const writer = await createHarness('read-write')
    expect((await writer.harness.asUser(writer.harness.x.app, method, path)).status).toBe(400)
  })

  it('always include reading', async () => {
    const { harness, alice } = await createHarness('read')
    const response = await harness.asUser(alice, 'GET', '/2/users/me')
    expect([response.status, response.headers.get('x-access-level')]).toEqual([200, 'read'])
  })

  it('do not change with the settings of the app, until the user authorises it again', async () => {
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

  it('do not affect the OAuth 2.0 token and the subscriptions', async () => {
    const harness = new EmulatorHarness()
    const [alice] = await harness.subscribed('alice')
    const { oauth2Token } = alice
    harness.x.configureApp({ permissions: 'read' })
    expect((await alice.authorize()).oauth2Token).toBe(oauth2Token)
    await alice.post('Still delivered')
    expect(await harness.flush()).toHaveLength(1)
  })

  it('change for the owner when the tokens are regenerated', async () => {
    const { x } = new EmulatorHarness()
    const { accessToken, accessTokenSecret } = x.app
    x.configureApp({ permissions: 'read' })
    expect(x.app).toMatchObject({ accessToken, accessTokenSecret })
    x.regenerateTokens()
    expect(x.app.accessToken).not.toBe(accessToken)
    expect(x.app.accessTokenSecret).not.toBe(accessTokenSecret)
  })

  it('belong to one app', async () => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const app = harness.x.addApp({ name: 'Reader', permissions: 'read' })
    const tokens = await alice.authorize(app)
    const other = await harness.asUser(tokens, 'GET', '/2/users/me', app)
    expect(other.headers.get('x-access-level')).toBe('read')
    const own = await harness.asUser(alice, 'GET', '/2/users/me')
    expect(own.headers.get('x-access-level')).toBe('read-write-directmessages')
  })

  it('are not in the headers with app-only authentication', async () => {
    expect((await new EmulatorHarness().asApp('GET', '/2/webhooks')).headers.has('x-access-level')).toBe(false)
  })
})

describe('the scopes of a token', () => {
  const all = ['dm.read', 'dm.write', 'tweet.read', 'users.read'] as const

  function asOAuth2(harness: EmulatorHarness, token: string, method: string, path: string): Promise<Response> {
    return harness.x.fetch(`https://api.x.com${path}`, { method, headers: { authorization: `Bearer ${token}` } })
  }

  it.each(all)('must include %s to subscribe and to check', async (missing) => {
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

  it('are enough, and are shown as permissions', async () => {
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
  ] as const)('%j are shown as the permissions %s', async (scopes, level) => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const { oauth2Token } = await alice.authorize(undefined, { scopes })
    const response = await asOAuth2(harness, oauth2Token, 'GET', '/2/users/me')
    expect([response.status, response.headers.get('x-access-level')]).toEqual([200, level])
  })

  it('change the OAuth 2.0 token only, and stay until others are granted', async () => {
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
