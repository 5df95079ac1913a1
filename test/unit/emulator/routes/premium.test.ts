import { describe, expect, it } from 'vitest'
import { EmulatorHarness, hookUrl } from '../../../support/emulator-harness.ts'
import {
  callSigned,
  failureOf,
  harnessWithAlice,
  noPage,
  noWebhook,
  registerAt,
  unauthenticated,
  wrongKind,
} from '../../../support/emulator-v1.ts'

const root = '/1.1/account_activity/all'
const id19 = /^[1-9][0-9]{18}$/
const query = `?url=${encodeURIComponent(hookUrl)}`

/** Status and body in X's words: the observed 403, and the 404 of a subscription that is not there. */
const forbidden = { status: 403, code: 200, message: 'Forbidden.' }

describe('POST …/all/:env_name/webhooks.json', () => {
  it.each([
    ['the query', { path: `${root}/dev/webhooks.json${query}` }],
    ['a form', { path: `${root}/dev/webhooks.json`, form: { url: hookUrl } }],
  ])('registers the URL of %s', async (_, call) => {
    const { harness, owner } = harnessWithAlice()
    const response = await callSigned(harness, owner, { method: 'POST', ...call })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      id: expect.stringMatching(id19),
      url: hookUrl,
      valid: true,
      created_timestamp: '2026-11-21 09:30:00 +0000',
    })
    expect(harness.challenges.map(({ url }) => new URL(url).host)).toEqual(['hook.example.com'])
  })

  it('takes the form into the signature', async () => {
    const { harness, owner } = harnessWithAlice()
    const response = await callSigned(harness, owner, {
      method: 'POST',
      path: `${root}/dev/webhooks.json`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `url=${encodeURIComponent(hookUrl)}`,
    })
    expect(await failureOf(response)).toEqual(unauthenticated)
  })

  it.each([JSON.stringify({ url: hookUrl }), '{"url":'])('reads no JSON: %s', async (body) => {
    const { harness, owner } = harnessWithAlice()
    const headers = { 'content-type': 'application/json' }
    const call = { method: 'POST', path: `${root}/dev/webhooks.json${query}`, headers, body }
    expect(await failureOf(await callSigned(harness, owner, call))).toMatchObject({ status: 400, code: 369 })
  })

  it('bears a JSON content type without a body', async () => {
    const { harness, owner } = harnessWithAlice()
    const headers = { 'content-type': 'application/json' }
    const call = { method: 'POST', path: `${root}/dev/webhooks.json${query}`, headers }
    expect((await callSigned(harness, owner, call)).status).toBe(200)
  })

  it.each([
    ['no URL', ''],
    ['http', `?url=${encodeURIComponent('http://hook.example.com/x')}`],
    ['a port', `?url=${encodeURIComponent('https://hook.example.com:8443/x')}`],
  ])('refuses %s', async (_, search) => {
    const { harness, owner } = harnessWithAlice()
    const response = await callSigned(harness, owner, { method: 'POST', path: `${root}/dev/webhooks.json${search}` })
    expect(await failureOf(response)).toEqual({
      status: 403,
      code: 214,
      message: 'Webhook URL does not meet the requirements.',
    })
    expect(harness.challenges).toEqual([])
  })

  it.each<[string, () => Response, string]>([
    [
      'a wrong token',
      () => Response.json({ response_token: 'sha256=AAAA' }),
      'Webhook URL does not meet the requirements. Invalid CRC token or json response format.',
    ],
    [
      'no JSON',
      () => new Response('yes'),
      'Webhook URL does not meet the requirements. Invalid CRC token or json response format.',
    ],
    [
      'status 500',
      () => new Response(null, { status: 500 }),
      'Non-200 response code during CRC GET request (i.e. 404, 500, etc).',
    ],
    [
      'a redirect',
      () => new Response(null, { status: 301, headers: { location: '/y' } }),
      'Non-200 response code during CRC GET request (i.e. 404, 500, etc).',
    ],
  ])('says what was wrong with a challenge that is answered with %s', async (_, answer, message) => {
    const { harness, owner } = harnessWithAlice()
    harness.onCrc = answer
    const response = await callSigned(harness, owner, { method: 'POST', path: `${root}/dev/webhooks.json${query}` })
    expect(await failureOf(response)).toEqual({ status: 403, code: 214, message })
  })

  it('says that a challenge took too long', async () => {
    const { harness, owner } = harnessWithAlice()
    harness.onCrc = () => {
      harness.time += 3001
      return new Response()
    }
    const response = await callSigned(harness, owner, { method: 'POST', path: `${root}/dev/webhooks.json${query}` })
    expect(await failureOf(response)).toEqual({
      status: 403,
      code: 214,
      message: 'High latency on CRC GET request. Your webhook should respond in less than 3 seconds.',
    })
  })

  it('has one for each environment, and as many as the account may have', async () => {
    const { harness, owner } = harnessWithAlice({ environments: ['dev', 'prod', 'test'], limits: { webhooks: 2 } })
    const register = (environment: string, url: string) =>
      callSigned(harness, owner, {
        method: 'POST',
        path: `${root}/${environment}/webhooks.json`,
        form: { url },
      })
    expect((await register('dev', hookUrl)).status).toBe(200)
    // The status that was seen on premium.
    const full = { status: 400, code: 214, message: 'Too many resources already created.' }
    expect(await failureOf(await register('dev', 'https://other.example.com'))).toEqual(full)
    expect((await register('prod', hookUrl)).status).toBe(200)
    expect(await failureOf(await register('test', hookUrl))).toEqual(full)
  })

  it('wants the owner of the app, and no bearer token', async () => {
    const { harness, alice } = harnessWithAlice()
    const path = `${root}/dev/webhooks.json${query}`
    expect(await failureOf(await callSigned(harness, alice, { method: 'POST', path }))).toEqual(wrongKind)
    expect(await failureOf(await harness.asApp('POST', path))).toEqual({
      status: 403,
      code: 261,
      message: 'Application cannot perform write actions.',
    })
  })
})

describe('environments', () => {
  const calls = [
    ['owner', 'POST', `webhooks.json${query}`],
    ['app', 'GET', 'webhooks.json'],
    ['owner', 'PUT', 'webhooks/1.json'],
    ['owner', 'DELETE', 'webhooks/1.json'],
    ['owner', 'POST', 'subscriptions.json'],
    ['owner', 'GET', 'subscriptions.json'],
    ['owner', 'DELETE', 'subscriptions.json'],
    ['app', 'DELETE', 'subscriptions/1.json'],
    ['app', 'GET', 'subscriptions/list.json'],
  ] as const

  it.each(calls)('are told apart by case: the %s’s %s %s', async (who, method, rest) => {
    const { harness, owner } = harnessWithAlice({ environments: ['Prod'] })
    for (const label of ['prod', 'PROD', 'dev', '__proto__']) {
      const path = `${root}/${label}/${rest}`
      const answer = who === 'app' ? harness.asApp(method, path) : callSigned(harness, owner, { method, path })
      expect(await failureOf(await answer)).toEqual(forbidden)
    }
  })

  it('are listed with the webhooks in them', async () => {
    const { harness } = harnessWithAlice({ environments: ['dev', 'Prod'] })
    const id = await registerAt(harness, `${root}/Prod/webhooks.json`)
    const response = await harness.asApp('GET', `${root}/webhooks.json`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      environments: [
        { environment_name: 'dev', webhooks: [] },
        {
          environment_name: 'Prod',
          webhooks: [{ id, url: hookUrl, valid: true, created_timestamp: '2026-11-21 09:30:00 +0000' }],
        },
      ],
    })
  })

  it.each<[unknown, typeof TypeError | typeof RangeError]>([
    ['dev', TypeError],
    [null, TypeError],
    [[1], TypeError],
    [[''], RangeError],
    [['a/b'], RangeError],
    [['..'], RangeError],
    [['dev', 'dev'], RangeError],
  ])('cannot be %j', (environments, error) => {
    expect(() => new EmulatorHarness({ environments: environments as string[] })).toThrow(error)
  })

  it('are not seen by the other APIs, nor by other apps', async () => {
    const { harness } = harnessWithAlice()
    const id = await registerAt(harness, `${root}/dev/webhooks.json`)
    expect(await (await harness.asApp('GET', '/2/webhooks')).json()).toEqual({ data: [], meta: { result_count: 0 } })
    expect(await (await harness.asApp('GET', '/1.1/account_activity/webhooks.json')).json()).toEqual([])
    expect((await harness.asApp('DELETE', `/2/webhooks/${id}`)).status).toBe(400)
    const other = harness.x.addApp()
    expect(await (await harness.asApp('GET', `${root}/dev/webhooks.json`, undefined, other)).json()).toEqual([])
    const signed = { method: 'DELETE', path: `${root}/dev/webhooks/${id}.json`, app: other }
    expect(await failureOf(await callSigned(harness, other, signed))).toEqual(noWebhook)
  })
})

describe('GET …/all/:env_name/webhooks.json', () => {
  it('takes a bearer token and OAuth 1.0a, but not a user token of OAuth 2.0', async () => {
    const { harness, alice, owner } = harnessWithAlice()
    const id = await registerAt(harness, `${root}/dev/webhooks.json`)
    const path = `${root}/dev/webhooks.json`
    const list = [{ id, url: hookUrl, valid: true, created_timestamp: '2026-11-21 09:30:00 +0000' }]
    expect(await (await harness.asApp('GET', path)).json()).toEqual(list)
    expect(await (await callSigned(harness, owner, { method: 'GET', path })).json()).toEqual(list)
    const headers = { authorization: `Bearer ${alice.oauth2Token}` }
    expect(await failureOf(await harness.x.fetch(`https://api.x.com${path}`, { headers }))).toEqual({
      status: 403,
      code: 99,
      message: 'You don’t have access to this resource.',
    })
  })
})

describe('PUT and DELETE …/all/:env_name/webhooks/:id.json', () => {
  it('validate and delete', async () => {
    const { harness, owner } = harnessWithAlice()
    const path = `${root}/dev/webhooks/${await registerAt(harness, `${root}/dev/webhooks.json`)}.json`
    const valid = async () => ((await (await harness.asApp('GET', `${root}/dev/webhooks.json`)).json()) as object[])[0]
    harness.onCrc = () => Response.json({})
    expect(await failureOf(await callSigned(harness, owner, { method: 'PUT', path }))).toMatchObject({ code: 214 })
    expect(await valid()).toMatchObject({ valid: false })
    harness.onCrc = undefined
    for (const method of ['PUT', 'DELETE']) {
      const response = await callSigned(harness, owner, { method, path })
      expect(response.status).toBe(204)
      expect(await response.text()).toBe('')
      if (method === 'PUT') expect(await valid()).toMatchObject({ valid: true })
    }
    expect(await valid()).toBeUndefined()
  })

  it.each(['PUT', 'DELETE'])('%s refuses a webhook that is not there, and the bearer token', async (method) => {
    const { harness, owner } = harnessWithAlice({ environments: ['dev', 'prod'] })
    const id = await registerAt(harness, `${root}/dev/webhooks.json`)
    for (const path of [`${root}/dev/webhooks/1.json`, `${root}/prod/webhooks/${id}.json`]) {
      expect(await failureOf(await callSigned(harness, owner, { method, path }))).toEqual(noWebhook)
    }
    expect(await failureOf(await harness.asApp(method, `${root}/dev/webhooks/${id}.json`))).toEqual(wrongKind)
  })
})

describe('subscriptions', () => {
  const path = `${root}/dev/subscriptions.json`

  it('begin, are there, bring events, and end', async () => {
    const { harness, alice } = harnessWithAlice()
    const call = (method: string) => callSigned(harness, alice, { method, path })
    await registerAt(harness, `${root}/dev/webhooks.json`)
    expect(await failureOf(await call('GET'))).toEqual(noPage)
    expect((await call('POST')).status).toBe(204)
    expect((await call('GET')).status).toBe(204)
    expect(await failureOf(await call('POST'))).toEqual({
      status: 409,
      code: 355,
      message: 'Subscription already exists.',
    })
    await alice.post('Hello from premium')
    expect((await harness.flush()).map(({ json }) => json.for_user_id)).toEqual([alice.id])
    expect((await call('DELETE')).status).toBe(204)
    expect(await failureOf(await call('DELETE'))).toEqual(noPage)
    expect(await failureOf(await call('GET'))).toEqual(noPage)
    await alice.post('Nobody hears this')
    expect(await harness.flush()).toEqual([])
  })

  it('need a webhook in the environment', async () => {
    const { harness, alice } = harnessWithAlice()
    for (const method of ['POST', 'GET', 'DELETE']) {
      expect(await failureOf(await callSigned(harness, alice, { method, path }))).toEqual(noWebhook)
    }
  })

  it('are ended by the app, too', async () => {
    const { harness, alice } = harnessWithAlice()
    await registerAt(harness, `${root}/dev/webhooks.json`)
    await callSigned(harness, alice, { method: 'POST', path })
    const remove = (id: string) => harness.asApp('DELETE', `${root}/dev/subscriptions/${id}.json`)
    expect((await remove(alice.id)).status).toBe(204)
    for (const id of [alice.id, '1', '__proto__']) expect(await failureOf(await remove(id))).toEqual(noPage)
  })

  it('are listed and counted', async () => {
    const { harness, alice, owner } = harnessWithAlice({ tier: 'sandbox' })
    const lists = `${root}/dev/subscriptions/list.json`
    const empty = { environment: 'dev', application_id: owner.id, subscriptions: [] }
    expect(await (await harness.asApp('GET', lists)).json()).toEqual(empty)
    await registerAt(harness, `${root}/dev/webhooks.json`)
    await callSigned(harness, alice, { method: 'POST', path })
    expect(await (await harness.asApp('GET', lists)).json()).toEqual({
      ...empty,
      subscriptions: [{ user_id: alice.id }],
    })
    expect(await (await harness.asApp('GET', `${root}/subscriptions/count.json`)).json()).toEqual({
      account_name: 'app_owner',
      subscriptions_count: '1',
      provisioned_count: '15',
    })
  })

  it('are listed and counted for the app alone', async () => {
    const { harness, alice } = harnessWithAlice()
    for (const rest of ['dev/subscriptions/list.json', 'subscriptions/count.json']) {
      const answer = callSigned(harness, alice, { method: 'GET', path: `${root}/${rest}` })
      expect(await failureOf(await answer)).toEqual(unauthenticated)
    }
  })

  it.each(['POST', 'GET', 'DELETE'])('%s wants the user, not the app', async (method) => {
    const { harness } = harnessWithAlice()
    expect(await failureOf(await harness.asApp(method, path))).toEqual(wrongKind)
  })

  it.each(['POST', 'GET', 'DELETE'])('%s may be denied for a user', async (method) => {
    const { harness, alice } = harnessWithAlice()
    await registerAt(harness, `${root}/dev/webhooks.json`)
    harness.x.configureApp({ deniedUsers: [alice] })
    expect(await failureOf(await callSigned(harness, alice, { method, path }))).toEqual({
      status: 403,
      code: 348,
      message: 'Client application is not permitted to access this user’s webhook subscriptions.',
    })
    harness.x.configureApp({ deniedUsers: [] })
    expect([204, 404]).toContain((await callSigned(harness, alice, { method, path })).status)
  })
})

describe('credentials', () => {
  it('that are wrong are told from tokens that ended', async () => {
    const { harness, alice } = harnessWithAlice()
    const path = `${root}/dev/subscriptions.json`
    const { accessToken } = alice
    const wrong = callSigned(harness, { accessToken, accessTokenSecret: 'wrong' }, { method: 'POST', path })
    expect(await failureOf(await wrong)).toEqual(unauthenticated)
    expect(await failureOf(await harness.x.fetch(`https://api.x.com${path}`))).toEqual(unauthenticated)
    await alice.revoke()
    const ended = { status: 401, code: 89, message: 'Invalid or expired token.' }
    expect(await failureOf(await callSigned(harness, alice, { method: 'POST', path }))).toEqual(ended)
    const headers = { authorization: 'Bearer wrong' }
    expect(await failureOf(await harness.x.fetch(`https://api.x.com${path}`, { headers }))).toEqual(ended)
  })

  it.each([
    ['GET', '/1.1/account_activity/all/dev/nothing.json', forbidden],
    ['PATCH', '/1.1/account_activity/all/dev/webhooks.json', forbidden],
    ['POST', '/1.1/account_activity/all/webhooks.json', forbidden],
    ['GET', '/1.1/nothing.json', noPage],
    ['GET', '/1.1/account/nothing.json', noPage],
  ])('do not matter at a wrong path or with a wrong method: %s %s', async (method, path, failure) => {
    const { harness } = harnessWithAlice()
    expect(await failureOf(await harness.asApp(method, path))).toEqual(failure)
  })

  it.each([
    ['GET', '/1.1/account_activity/all/webhooks.json'],
    ['GET', '/1.1/account_activity/all/dev/webhooks.json'],
    ['GET', '/1.1/account_activity/all/dev/subscriptions/list.json'],
    ['GET', '/1.1/account_activity/all/subscriptions/count.json'],
    ['DELETE', '/1.1/account_activity/all/dev/subscriptions/1.json'],
  ])('of an app without access are not enough for %s %s', async (method, path) => {
    const { harness } = harnessWithAlice()
    harness.x.configureApp({ enrolled: false })
    expect(await failureOf(await harness.asApp(method, path))).toEqual(forbidden)
  })
})
