import { describe, expect, it } from 'vitest'
import { createEmulator } from 'x-account-activity/emulator'
import { ControlClient } from '../../../support/emulator-control.ts'
import { EmulatorHarness, subscriptionPath } from '../../../support/emulator-harness.ts'

describe('the control API', () => {
  it('shows the time, the keys and all endpoints', async () => {
    const client = new ControlClient()
    const answer = await client.get('')
    expect(answer).toMatchObject({ now: client.harness.time, date: '2026-11-21T09:30:00.250Z' })
    expect(answer.app).toMatchObject({
      id: '10000001',
      consumerKey: expect.stringMatching(/^\w{25}$/),
      consumerSecret: expect.stringMatching(/^\w{50}$/),
      bearerToken: expect.stringMatching(/^A{21}/),
      accessToken: expect.stringMatching(/^\d{19}-/),
      accessTokenSecret: expect.stringMatching(/^\w{45}$/),
    })
    const endpoints = answer.endpoints.map(({ method, path }: { method: string; path: string }) => `${method} ${path}`)
    expect(endpoints).toContain('POST /emulator/users/:user/post')
    expect(new Set(endpoints).size).toBe(endpoints.length)
  })

  it('sends the same bytes as the TypeScript API', async () => {
    const client = new ControlClient()
    const alice = await client.post('/users', { screenName: 'alice', name: 'Alice', verified: true })
    const bob = await client.post('/users', { screenName: 'bob' })
    expect(await client.get('/users/ALICE')).toEqual(alice)
    expect(await client.get(`/users/${bob.id}`)).toEqual(bob)
    const webhookId = await client.harness.register()
    await client.harness.subscribe(webhookId, alice, bob)
    const post = await client.post('/users/alice/post', { text: 'Good morning, @bob', lang: 'en' })
    await client.post('/users/bob/like', { post: post.id_str })
    await client.post('/idle')
    const same = new EmulatorHarness()
    const [sameAlice, sameBob] = [{ screenName: 'alice', name: 'Alice', verified: true }, { screenName: 'bob' }].map(
      (user) => same.x.addUser(user),
    )
    if (!sameAlice || !sameBob) throw new Error('The users were not added.')
    await same.subscribe(await same.register(), sameAlice, sameBob)
    await sameBob.like(await sameAlice.post('Good morning, @bob'))
    await same.x.idle()
    const bodies = (await client.get('/deliveries')).deliveries.map(({ body }: { body: string }) => body)
    expect(bodies).toEqual(same.x.deliveries.map(({ body }) => body))
    expect(bodies).toHaveLength(4)
  })

  it('writes numeric ids with all digits, for languages that can read them', async () => {
    const client = new ControlClient()
    await client.post('/users', { screenName: 'alice' })
    const answer = await client.send('POST', '/users/alice/post', { text: 'Hello' })
    expect(await answer.text()).toMatch(/"id":(\d{19}),"id_str":"\1"/)
  })

  it.each([
    ['post', { text: 'Hello' }, 'tweet_create_events'],
    ['reply', { to: 'POST', text: 'Hello' }, 'tweet_create_events'],
    ['repost', { post: 'POST' }, 'tweet_create_events'],
    ['quote', { post: 'POST', text: 'Hear, hear' }, 'tweet_create_events'],
    ['deletePost', { post: 'OWN' }, 'tweet_delete_events'],
    ['like', { post: 'POST' }, 'favorite_events'],
    ['follow', { user: 'bob' }, 'follow_events'],
    ['block', { user: 'bob' }, 'block_events'],
    ['mute', { user: 'bob' }, 'mute_events'],
    ['unfollow', { user: 'carol' }, 'follow_events'],
    ['unblock', { user: 'dave' }, 'block_events'],
    ['unmute', { user: 'carol' }, 'mute_events'],
    ['message', { to: 'bob', text: 'Psst' }, 'direct_message_events'],
    ['typing', { to: 'carol' }, 'direct_message_indicate_typing_events'],
    ['read', { from: 'carol' }, 'direct_message_mark_read_events'],
    ['read', { message: 'MESSAGE' }, 'direct_message_mark_read_events'],
    ['revoke', {}, 'user_event'],
    ['revoke', { app: '10000001' }, 'user_event'],
  ])('runs the user action %s', async (verb, fields, key) => {
    const client = new ControlClient()
    const [alice, bob, carol] = await client.harness.subscribed('alice', 'bob', 'carol', 'dave')
    const ids: Record<string, string> = {
      POST: (await bob.post('Hello')).id_str,
      OWN: (await alice.post('Hello')).id_str,
      MESSAGE: (await carol.message(alice, 'Psst')).id,
    }
    await client.post('/users/alice/follow', { user: 'carol' })
    await client.post('/users/alice/mute', { user: 'carol' })
    await client.post('/users/alice/block', { user: 'dave' })
    const before = (await client.harness.flush()).length
    expect(before).toBeGreaterThan(0)
    const body = Object.entries(fields).map(([name, value]) => [name, ids[value] ?? value])
    await client.post(`/users/alice/${verb}`, Object.fromEntries(body))
    const [delivery] = await client.harness.flush()
    expect(Object.keys(delivery?.json)).toContain(key)
  })

  it('authorises an app for a user', async () => {
    const client = new ControlClient()
    const app = await client.post('/apps', { name: 'Second' })
    await client.post('/users', { screenName: 'alice' })
    const tokens = await client.post('/users/alice/authorize', { app: app.id })
    expect(Object.keys(tokens)).toEqual(['accessToken', 'accessTokenSecret', 'oauth2Token'])
    expect((await client.get('/apps')).apps).toEqual([JSON.parse(JSON.stringify(client.harness.x.app)), app])
    const response = await client.harness.asUser(tokens, 'GET', subscriptionPath('1'), app)
    expect(response.status).toBe(400)
    expect(await client.post('/users/alice/authorize', { scopes: ['tweet.read'] })).not.toEqual(tokens)
  })

  it('changes the settings and the tokens of an app', async () => {
    const client = new ControlClient()
    await client.post('/users', { screenName: 'alice' })
    const app = await client.post('/apps', { permissions: 'read', deniedUsers: ['alice'] })
    expect(await client.post(`/apps/${app.id}`, { enrolled: false, deniedUsers: [] }, 'PUT')).toEqual({})
    expect((await client.harness.asApp('GET', '/2/webhooks', undefined, app)).status).toBe(403)
    const renewed = await client.post(`/apps/${app.id}/regenerateTokens`)
    expect(renewed).toMatchObject({ id: app.id, consumerKey: app.consumerKey, bearerToken: app.bearerToken })
    expect(renewed.accessToken).not.toBe(app.accessToken)
  })

  it('shows webhooks and subscriptions', async () => {
    const client = new ControlClient()
    const [alice, bob] = await client.harness.subscribed('alice', 'bob')
    const { webhooks } = await client.get('/webhooks')
    expect(webhooks).toEqual([
      {
        id: expect.stringMatching(/^\d{19}$/),
        appId: '10000001',
        url: 'https://hook.example.com/x',
        createdAt: client.harness.time,
        valid: true,
        subscribers: [alice.id, bob.id],
      },
    ])
    const [{ id: webhookId }] = webhooks
    expect(await client.get('/subscriptions')).toEqual({
      subscriptions: [alice, bob].map(({ id }) => ({ appId: '10000001', webhookId, userId: id })),
    })
  })

  it('advances the clock', async () => {
    const client = new ControlClient()
    expect(await client.post('/advance', { hours: 4, minutes: 30 })).toEqual({
      now: client.harness.time + 4.5 * 3_600_000,
      date: '2026-11-21T14:00:00.250Z',
    })
    expect(client.harness.x.now()).toBe(client.harness.time + 4.5 * 3_600_000)
  })

  it('sets and removes faults', async () => {
    const client = new ControlClient()
    await client.post('/faults', { api: { unavailable: 1 } }, 'PUT')
    expect((await client.harness.asApp('GET', '/2/webhooks')).status).toBe(503)
    expect((await client.send('GET', '')).status).toBe(200)
    await client.post('/faults', {}, 'PUT')
    expect((await client.harness.asApp('GET', '/2/webhooks')).status).toBe(200)
  })

  it('saves, loads and resets the state', async () => {
    const client = new ControlClient()
    const { app } = await client.get('')
    await client.post('/users', { screenName: 'alice' })
    const state = await client.get('/state')
    await client.post('/users', { screenName: 'bob' })
    expect(await client.post('/state', state, 'PUT')).toEqual({})
    expect((await client.send('GET', '/users/bob')).status).toBe(404)
    expect((await client.send('GET', '/users/alice')).status).toBe(200)
    await client.post('/reset')
    expect((await client.send('GET', '/users/alice')).status).toBe(404)
    expect((await client.get('')).app).toEqual(app)
  })
})

describe('an invalid control request', () => {
  it.each<[string, string, unknown, number, string]>([
    ['GET', '/nothing', undefined, 404, 'This path does not exist. GET /emulator lists all paths.'],
    ['GET', '/', undefined, 404, 'This path does not exist. GET /emulator lists all paths.'],
    ['GET', '/users/bob', undefined, 404, 'No user has the handle or the id "bob".'],
    ['GET', '/users/__proto__', undefined, 404, 'No user has the handle or the id "__proto__".'],
    ['POST', '/users/bob/post', { text: 'x' }, 404, 'No user has the handle or the id "bob".'],
    ['POST', '/users/alice/constructor', {}, 404, 'This path does not exist. GET /emulator lists all paths.'],
    ['POST', '/users/alice/dance', {}, 404, 'This path does not exist. GET /emulator lists all paths.'],
    ['DELETE', '/users', {}, 405, 'This path accepts GET and POST only.'],
    ['GET', '/idle', undefined, 405, 'This path accepts POST only.'],
    ['POST', '/users', '', 400, '"screenName" must be a string, got undefined'],
    ['POST', '/users', '{', 400, '"body" must be valid JSON'],
    ['POST', '/users', '[]', 400, '"body" must be an object, got array'],
    ['POST', '/users', 'null', 400, '"body" must be an object, got null'],
    ['POST', '/users', { screenName: 'alice' }, 400, '"screenName" must be unique, but @alice already exists'],
    [
      'POST',
      '/users',
      '{"screenName":"bob","__proto__":{}}',
      400,
      '"body" must not have a member "__proto__". Its members are screenName',
    ],
    [
      'POST',
      '/users',
      { screenName: 'bob', age: 5 },
      400,
      '"body" must not have a member "age". Its members are screenName',
    ],
    ['POST', '/users/alice/post', {}, 400, '"text" must be a string, got undefined'],
    ['POST', '/users/alice/post', { text: 5 }, 400, '"text" must be a string, got number'],
    ['POST', '/users/alice/post', { text: '' }, 400, '"text" must not be empty'],
    [
      'POST',
      '/users/alice/post',
      { text: 'x', to: 'y' },
      400,
      '"body" must not have a member "to". Its members are text, lang',
    ],
    ['POST', '/users/alice/reply', { text: 'x' }, 400, '"to" must be a string, got undefined'],
    ['POST', '/users/alice/like', { post: '1' }, 400, '"post" must be a post of this emulator'],
    ['POST', '/users/alice/like', { post: { id_str: '1' } }, 400, '"post" must be a string, got object'],
    ['POST', '/users/alice/follow', { user: 'bob' }, 400, '"user" must be the handle or the id of a user'],
    ['POST', '/users/alice/follow', { user: 'alice' }, 400, '@alice cannot do this to themselves'],
    ['POST', '/users/alice/message', { to: 'constructor', text: 'x' }, 400, '"to" must be the handle or the id'],
    ['POST', '/users/alice/read', {}, 400, 'The body must have either "message" or "from".'],
    [
      'POST',
      '/users/alice/read',
      { message: '1', from: 'alice' },
      400,
      'The body must have either "message" or "from".',
    ],
    ['POST', '/users/alice/revoke', { app: '1' }, 400, '"app" must be an app of this emulator'],
    ['POST', '/users/alice/revoke', { app: 1 }, 400, '"app" must be a string, got number'],
    ['POST', '/apps', { deniedUsers: 'alice' }, 400, '"deniedUsers" must be an array, got string'],
    ['POST', '/apps', { deniedUsers: ['bob'] }, 400, '"deniedUsers[0]" must be the handle or the id'],
    ['PUT', '/apps/1', {}, 404, 'No app has the id "1".'],
    ['PUT', '/apps/10000001', { name: 'x' }, 400, '"body" must not have a member "name". Its members are permissions'],
    ['POST', '/apps', { name: '' }, 400, '"name" must not be empty'],
    ['POST', '/advance', { hours: -1 }, 400, '"hours" must not be negative, got -1'],
    [
      'POST',
      '/advance',
      { weeks: 1 },
      400,
      '"body" must not have a member "weeks". Its members are days, hours, minutes, seconds, ms',
    ],
    ['PUT', '/faults', { api: { slow: 2 } }, 400, '"faults.api.slow"'],
    ['PUT', '/state', {}, 400, '"state.version" must be 1, got undefined'],
    ['POST', '/reset', { hard: true }, 400, '"body" must not have a member "hard". It has no members.'],
  ])('%s %s with %j', async (method, path, body, status, error) => {
    const client = new ControlClient()
    client.harness.x.addUser({ screenName: 'alice' })
    const [actual, message] = await client.failure(method, path, body)
    expect([actual, message]).toEqual([status, expect.stringContaining(error)])
  })

  it('names the allowed methods', async () => {
    const response = await new ControlClient().send('PATCH', '/users', {})
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  })
})

describe('the option "control"', () => {
  it('turns the control API off, and X answers 404', async () => {
    const x = createEmulator({ control: false, onUnknownRequest: 'ignore' })
    const response = await x.fetch('https://api.x.com/emulator')
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(response.status).toBe(404)
  })

  it('affects no other path', async () => {
    for (const path of ['/emulatorx', '/2/emulator', '/']) {
      const response = await createEmulator({ onUnknownRequest: 'ignore' }).fetch(`https://api.x.com${path}`)
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    }
  })

  it.each<unknown>(['yes', 1, null])('refuses %j', (control) => {
    expect(() => createEmulator({ control: control as boolean })).toThrow(TypeError)
  })
})
