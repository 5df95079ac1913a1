import { describe, expect, it } from 'vitest'
import {
  crcAnswer,
  EmulatorHarness,
  hookUrl,
  reasonOf,
  subscriptionPath,
} from '../../../../support/emulator-harness.ts'

const id19 = /^[1-9][0-9]{18}$/

describe('POST /2/webhooks', () => {
  it('answers with the webhook', async () => {
    const harness = new EmulatorHarness()
    const response = await harness.asApp('POST', '/2/webhooks', { url: hookUrl })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await response.json()).toEqual({
      data: { id: expect.stringMatching(id19), url: hookUrl, valid: true, created_at: '2026-11-21T09:30:00.250Z' },
    })
  })

  it('accepts OAuth 1.0a user context, and refuses OAuth 2.0 user context', async () => {
    const harness = new EmulatorHarness()
    const { oauth2Token } = harness.x.addUser({ screenName: 'alice' })
    // The signature does not cover a JSON body.
    const signed = await harness.asUser(harness.x.app, 'POST', '/2/webhooks')
    expect(await signed.json()).toMatchObject({ errors: [{ message: 'The body must be a JSON object' }] })
    const headers = { authorization: `Bearer ${oauth2Token}` }
    const response = await harness.x.fetch('https://api.x.com/2/webhooks', { method: 'POST', headers })
    expect(response.status).toBe(403)
  })

  it.each([
    ['', 'The body must be a JSON object'],
    ['{"url":', 'The body must be a JSON object'],
    ['[]', 'The body must be a JSON object'],
    ['null', 'The body must be a JSON object'],
    ['"https://a.example"', 'The body must be a JSON object'],
    ['{}', '$.url: is missing but it is required'],
    ['{"__proto__":{"url":"https://a.example"}}', '$.url: is missing but it is required'],
    ['{"url":""}', '$.url: must be a string that is not empty'],
    ['{"url":["https://a.example"]}', '$.url: must be a string that is not empty'],
    ['{"url":null}', '$.url: must be a string that is not empty'],
  ])('refuses the body %j', async (body, message) => {
    const response = await new EmulatorHarness().asApp('POST', '/2/webhooks', body)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await response.json()).toEqual({
      title: 'Invalid Request',
      detail: expect.any(String),
      type: 'https://api.x.com/2/problems/invalid-request',
      errors: [{ message }],
    })
  })

  it.each([
    'https://hook.example.com',
    'https://hook.example.com/a/b?c=d&e=%20#f',
    'https://192.0.2.1/x',
    `https://a.example/${'x'.repeat(182)}`,
    'http://127.0.0.1:8080/x',
    'http://127.1.2.3/x',
    'http://localhost:3000',
    'http://app.localhost:3000/x',
    'https://[::1]:8443/x',
  ])('accepts %s', async (url) => {
    const response = await new EmulatorHarness().asApp('POST', '/2/webhooks', { url })
    expect(await response.json()).toMatchObject({ data: { url } })
  })

  it.each([
    'http://hook.example.com/x',
    'https://hook.example.com:443/x',
    'https://hook.example.com:8443/x',
    'https://hook.example.com:/x',
    'https://hook.example.com:8443?x',
    `https://a.example/${'x'.repeat(183)}`,
    'ftp://hook.example.com/x',
    'hook.example.com',
    '/x',
    'https:///x',
    'https://',
    'https://a:99999/',
    'https://user:password@hook.example.com/x',
    'https://user@127.0.0.1/x',
    'http://localhost.example.com/x',
    'http://127.0.0.1.example.com/x',
    'javascript:alert(1)',
    'https://hook.exam\tple.com/x',
    'https://hook.example.com/a b',
  ])('refuses %s with UrlValidationFailed, and sends no challenge', async (url) => {
    const harness = new EmulatorHarness()
    const response = await harness.asApp('POST', '/2/webhooks', { url })
    expect(response.status).toBe(400)
    expect(await reasonOf(response)).toBe('UrlValidationFailed')
    expect(harness.challenges).toEqual([])
  })

  it.each(['http://localhost/x', 'http://127.0.0.1:8080/x', 'https://localhost:8443/x', 'http://[::1]/x'])(
    'refuses %s when strict',
    async (url) => {
      const response = await new EmulatorHarness({ strict: true }).asApp('POST', '/2/webhooks', { url })
      expect(await reasonOf(response)).toBe('UrlValidationFailed')
    },
  )

  it('refuses a URL that is registered, also in another spelling', async () => {
    const harness = new EmulatorHarness()
    await harness.register('https://hook.example.com')
    const response = await harness.asApp('POST', '/2/webhooks', { url: 'https://HOOK.example.com/' })
    expect(await reasonOf(response)).toBe('DuplicateUrlFailed')
  })

  it.each([
    [{}, 5],
    [{ tier: 'enterprise' } as const, 5],
    [{ tier: 'pay-per-use' } as const, 1],
    [{ tier: 'sandbox' } as const, 1],
    [{ tier: 'premium' } as const, 3],
    [{ limits: { webhooks: 0 } }, 0],
    [{ tier: 'sandbox', limits: { webhooks: 2 } } as const, 2],
  ])('with %j accepts %i webhooks', async (options, limit) => {
    const harness = new EmulatorHarness(options)
    for (let count = 0; count < limit; count += 1) await harness.register(`${hookUrl}/${count}`)
    const response = await harness.asApp('POST', '/2/webhooks', { url: `${hookUrl}/more` })
    expect(await reasonOf(response)).toBe('WebhookLimitExceeded')
  })

  it('reports a duplicate URL as above the limit when the limit is one', async () => {
    const harness = new EmulatorHarness({ tier: 'sandbox' })
    await harness.register()
    expect(await reasonOf(await harness.asApp('POST', '/2/webhooks', { url: hookUrl }))).toBe('WebhookLimitExceeded')
  })

  it('counts the webhooks of all apps of the account, and accepts another after one was deleted', async () => {
    const harness = new EmulatorHarness({ limits: { webhooks: 1 } })
    const other = harness.x.addApp()
    const id = await harness.register()
    const body = { url: hookUrl }
    expect(await reasonOf(await harness.asApp('POST', '/2/webhooks', body, other))).toBe('WebhookLimitExceeded')
    await harness.asApp('DELETE', `/2/webhooks/${id}`)
    harness.onCrc = (request) => crcAnswer(request, other.consumerSecret)
    expect((await harness.asApp('POST', '/2/webhooks', body, other)).status).toBe(200)
  })

  it('refuses the slower of two concurrent registrations', async () => {
    const harness = new EmulatorHarness({ limits: { webhooks: 1 } })
    const responses = await Promise.all(
      ['a', 'b'].map((path) => harness.asApp('POST', '/2/webhooks', { url: `${hookUrl}/${path}` })),
    )
    expect(harness.challenges).toHaveLength(2)
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 400])
  })
})

describe('GET /2/webhooks', () => {
  it('returns an empty list without webhooks', async () => {
    const response = await new EmulatorHarness().asApp('GET', '/2/webhooks')
    expect(await response.json()).toEqual({ data: [], meta: { result_count: 0 } })
  })

  it('returns the webhooks of the app only', async () => {
    const harness = new EmulatorHarness()
    const ids = [await harness.register(`${hookUrl}/1`), await harness.register(`${hookUrl}/2`)]
    const list = (await (await harness.asApp('GET', '/2/webhooks')).json()) as { data: { id: string }[] }
    expect(list.data.map(({ id }) => id)).toEqual(ids)
    const others = await harness.asApp('GET', '/2/webhooks', undefined, harness.x.addApp())
    expect(await others.json()).toEqual({ data: [], meta: { result_count: 0 } })
  })
})

describe('PUT /2/webhooks/:webhook_id', () => {
  it('makes an invalid webhook valid again', async () => {
    const harness = new EmulatorHarness()
    const id = await harness.register()
    harness.onCrc = () => Response.json({ response_token: 'wrong' })
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    harness.onCrc = undefined
    const response = await harness.asApp('PUT', `/2/webhooks/${id}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { valid: true } })
    expect(await (await harness.asApp('GET', '/2/webhooks')).json()).toMatchObject({ data: [{ id, valid: true }] })
  })
})

describe('DELETE /2/webhooks/:webhook_id', () => {
  it('deletes the webhook and its subscriptions', async () => {
    const harness = new EmulatorHarness()
    const id = await harness.register()
    const alice = harness.x.addUser({ screenName: 'alice' })
    await harness.subscribe(id, alice)
    const response = await harness.asApp('DELETE', `/2/webhooks/${id}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { deleted: true } })
    await alice.post('Not delivered')
    expect(await harness.flush()).toEqual([])
    expect(await (await harness.asApp('GET', '/2/account_activity/subscriptions/count')).json()).toMatchObject({
      data: { subscriptions_count_all: '0' },
    })
    expect(await reasonOf(await harness.asUser(alice, 'GET', subscriptionPath(id)))).toBe('WebhookIdInvalid')
  })
})
