import { describe, expect, it } from 'vitest'
import { hookUrl } from '../../../../support/emulator-harness.ts'
import {
  callSigned,
  enterpriseRoot,
  failureOf,
  harnessWithAlice,
  harnessWithWebhook,
  noWebhook,
  registerAt,
  wrongKind,
} from '../../../../support/emulator-v1.ts'

const hooks = `${enterpriseRoot}/webhooks.json`

const query = `?url=${encodeURIComponent(hookUrl)}`

describe('POST …/webhooks.json', () => {
  it('registers a webhook that v2 also lists', async () => {
    const { harness, owner } = harnessWithAlice()
    const response = await callSigned(harness, owner, { method: 'POST', path: hooks + query })
    expect(response.status).toBe(200)
    const webhook = (await response.json()) as { id: string }
    expect(webhook).toEqual({
      id: expect.stringMatching(/^[1-9][0-9]{18}$/),
      url: hookUrl,
      valid: true,
      created_at: '2026-11-21T09:30:00Z',
    })
    expect(await (await harness.asApp('GET', '/2/webhooks')).json()).toMatchObject({ data: [{ id: webhook.id }] })
  })

  it.each<[string, string, (() => Response) | undefined, string]>([
    ['no URL', '', undefined, 'Webhook URL does not meet the requirements.'],
    ['an invalid URL', '?url=hook', undefined, 'Webhook URL does not meet the requirements.'],
    [
      'a wrong token',
      query,
      () => Response.json({ response_token: 'wrong' }),
      'Webhook URL does not meet the requirements. Invalid CRC token or json response format.',
    ],
    [
      'status 404',
      query,
      () => new Response(null, { status: 404 }),
      'Non-200 response code during CRC GET request (i.e. 404, 500, etc).',
    ],
    [
      'a lost connection',
      query,
      () => {
        throw new TypeError('fetch failed')
      },
      'Non-200 response code during CRC GET request (i.e. 404, 500, etc).',
    ],
  ])('refuses %s', async (_, search, answer, message) => {
    const { harness, owner } = harnessWithAlice()
    harness.onCrc = answer
    const response = await callSigned(harness, owner, { method: 'POST', path: hooks + search })
    expect(await failureOf(response)).toEqual({ status: 403, code: 214, message })
  })

  it.each([
    [3000, 'Webhook URL does not meet the requirements. Invalid CRC token or json response format.'],
    [3001, 'High latency on CRC GET request. Your webhook should respond in less than 3 seconds.'],
  ])('waits 3 seconds for the answer: %i ms', async (ms, message) => {
    const { harness, owner } = harnessWithAlice()
    harness.onCrc = () => {
      harness.time += ms
      return Response.json({ response_token: 'wrong' })
    }
    const response = await callSigned(harness, owner, { method: 'POST', path: hooks + query })
    expect(await failureOf(response)).toEqual({ status: 403, code: 214, message })
  })

  it('refuses a duplicate URL, and a webhook above the limit', async () => {
    const { harness, owner } = harnessWithAlice({ limits: { webhooks: 2 } })
    await registerAt(harness, hooks)
    const register = (url: string) =>
      callSigned(harness, owner, { method: 'POST', path: `${hooks}?url=${encodeURIComponent(url)}` })
    const again = { status: 403, code: 214, message: 'Webhook URL does not meet the requirements.' }
    expect(await failureOf(await register(hookUrl))).toEqual(again)
    expect((await register('https://other.example.com')).status).toBe(200)
    const full = { status: 403, code: 214, message: 'Too many resources already created.' }
    expect(await failureOf(await register('https://third.example.com'))).toEqual(full)
  })

  it('refuses another user, and the bearer token', async () => {
    const { harness, alice } = harnessWithAlice()
    const path = hooks + query
    expect(await failureOf(await callSigned(harness, alice, { method: 'POST', path }))).toEqual(wrongKind)
    expect(await failureOf(await harness.asApp('POST', path))).toEqual({
      status: 403,
      code: 261,
      message: 'Application cannot perform write actions.',
    })
  })
})

describe('GET …/webhooks.json', () => {
  it('lists the webhooks of the app, also those of v2', async () => {
    const { harness, id } = await harnessWithWebhook()
    const other = await harness.register('https://v2.example.com')
    expect(await (await harness.asApp('GET', hooks)).json()).toEqual([
      { id, url: hookUrl, valid: true, created_at: '2026-11-21T09:30:00Z' },
      { id: other, url: 'https://v2.example.com', valid: true, created_at: '2026-11-21T09:30:00Z' },
    ])
    expect(await (await harness.asApp('GET', hooks, undefined, harness.x.addApp())).json()).toEqual([])
  })

  it('requires app-only authentication', async () => {
    const { harness, owner } = harnessWithAlice()
    expect(await failureOf(await callSigned(harness, owner, { method: 'GET', path: hooks }))).toEqual({
      status: 403,
      code: 99,
      message: 'You don’t have access to this resource.',
    })
  })
})

describe('PUT and DELETE …/webhooks/:id.json', () => {
  it('validate and delete', async () => {
    const { harness, owner, id } = await harnessWithWebhook()
    const path = `${enterpriseRoot}/webhooks/${id}.json`
    harness.onCrc = () => new Response(null, { status: 302 })
    expect(await failureOf(await callSigned(harness, owner, { method: 'PUT', path }))).toEqual({
      status: 403,
      code: 214,
      message: 'Non-200 response code during CRC GET request (i.e. 404, 500, etc).',
    })
    expect(await (await harness.asApp('GET', hooks)).json()).toMatchObject([{ valid: false }])
    harness.onCrc = undefined
    expect((await callSigned(harness, owner, { method: 'PUT', path })).status).toBe(204)
    expect(await (await harness.asApp('GET', hooks)).json()).toMatchObject([{ valid: true }])
    const deleted = await callSigned(harness, owner, { method: 'DELETE', path })
    expect([deleted.status, await deleted.text()]).toEqual([204, ''])
    expect(await (await harness.asApp('GET', hooks)).json()).toEqual([])
  })

  it.each(['PUT', 'DELETE'])('%s refuses a webhook of another app, and the bearer token', async (method) => {
    const { harness, owner, id } = await harnessWithWebhook()
    const other = harness.x.addApp()
    const path = `${enterpriseRoot}/webhooks/${id}.json`
    expect(await failureOf(await callSigned(harness, other, { method, path, app: other }))).toEqual(noWebhook)
    const unknown = { method, path: `${enterpriseRoot}/webhooks/__proto__.json` }
    expect(await failureOf(await callSigned(harness, owner, unknown))).toEqual(noWebhook)
    expect(await failureOf(await harness.asApp(method, path))).toEqual(wrongKind)
  })
})
