import { describe, expect, it } from 'vitest'
import { hookUrl } from '../../../../support/emulator-harness.ts'
import {
  callSigned,
  failureOf,
  harnessWithAlice,
  noWebhook,
  registerAt,
  unauthenticated,
  wrongKind,
} from '../../../../support/emulator-v1.ts'

const root = '/1.1/account_activity/all'

const id19 = /^[1-9][0-9]{18}$/

const query = `?url=${encodeURIComponent(hookUrl)}`

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

  it('includes the form in the signature', async () => {
    const { harness, owner } = harnessWithAlice()
    const response = await callSigned(harness, owner, {
      method: 'POST',
      path: `${root}/dev/webhooks.json`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `url=${encodeURIComponent(hookUrl)}`,
    })
    expect(await failureOf(response)).toEqual(unauthenticated)
  })

  it.each([JSON.stringify({ url: hookUrl }), '{"url":'])('refuses a JSON body: %s', async (body) => {
    const { harness, owner } = harnessWithAlice()
    const headers = { 'content-type': 'application/json' }
    const call = { method: 'POST', path: `${root}/dev/webhooks.json${query}`, headers, body }
    expect(await failureOf(await callSigned(harness, owner, call))).toMatchObject({ status: 400, code: 369 })
  })

  it('accepts a JSON content type without a body', async () => {
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
  ])('reports a challenge that is answered with %s', async (_, answer, message) => {
    const { harness, owner } = harnessWithAlice()
    harness.onCrc = answer
    const response = await callSigned(harness, owner, { method: 'POST', path: `${root}/dev/webhooks.json${query}` })
    expect(await failureOf(response)).toEqual({ status: 403, code: 214, message })
  })

  it('reports a challenge that took too long', async () => {
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

  it('accepts one webhook for each environment, up to the limit of the account', async () => {
    const { harness, owner } = harnessWithAlice({ environments: ['dev', 'prod', 'test'], limits: { webhooks: 2 } })
    const register = (environment: string, url: string) =>
      callSigned(harness, owner, {
        method: 'POST',
        path: `${root}/${environment}/webhooks.json`,
        form: { url },
      })
    expect((await register('dev', hookUrl)).status).toBe(200)
    // The status of a recorded answer of the premium API.
    const full = { status: 400, code: 214, message: 'Too many resources already created.' }
    expect(await failureOf(await register('dev', 'https://other.example.com'))).toEqual(full)
    expect((await register('prod', hookUrl)).status).toBe(200)
    expect(await failureOf(await register('test', hookUrl))).toEqual(full)
  })

  it('refuses another user, and the bearer token', async () => {
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

describe('GET …/all/:env_name/webhooks.json', () => {
  it('accepts a bearer token and OAuth 1.0a, and refuses an OAuth 2.0 user token', async () => {
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

describe('GET …/all/webhooks.json', () => {
  // https://github.com/zammad/zammad/tree/develop/test/data/vcr_cassettes
  it('lists the environments by bearer token, and by OAuth 1.0a as it was recorded', async () => {
    const { harness, owner } = harnessWithAlice({ environments: ['dev', 'prod'] })
    const id = await registerAt(harness, `${root}/dev/webhooks.json`)
    const path = `${root}/webhooks.json`
    const webhook = { id, url: hookUrl, valid: true, created_timestamp: '2026-11-21 09:30:00 +0000' }
    const environments = [
      { environment_name: 'dev', webhooks: [webhook] },
      { environment_name: 'prod', webhooks: [] },
    ]
    expect(await (await harness.asApp('GET', path)).json()).toEqual({ environments })
    expect(await (await callSigned(harness, owner, { method: 'GET', path })).json()).toEqual({ environments })
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

  // https://github.com/xdevplatform/account-activity-dashboard: routes/webhook.js validates with the bearer token.
  it('validate with the bearer token, which cannot delete', async () => {
    const { harness } = harnessWithAlice()
    const path = `${root}/dev/webhooks/${await registerAt(harness, `${root}/dev/webhooks.json`)}.json`
    expect((await harness.asApp('PUT', path)).status).toBe(204)
    expect(await failureOf(await harness.asApp('DELETE', path))).toEqual(wrongKind)
  })

  it.each(['PUT', 'DELETE'])('%s refuses an unknown webhook', async (method) => {
    const { harness, owner } = harnessWithAlice({ environments: ['dev', 'prod'] })
    const id = await registerAt(harness, `${root}/dev/webhooks.json`)
    for (const path of [`${root}/dev/webhooks/1.json`, `${root}/prod/webhooks/${id}.json`]) {
      expect(await failureOf(await callSigned(harness, owner, { method, path }))).toEqual(noWebhook)
    }
  })
})
