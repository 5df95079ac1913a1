import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { crcAnswer, EmulatorHarness, hookUrl, reasonOf, subscriptionPath } from '../../../support/emulator-harness.ts'

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

  it('is open to the user context of OAuth 1.0a, but not to that of OAuth 2.0', async () => {
    const harness = new EmulatorHarness()
    const { oauth2Token } = harness.x.addUser({ screenName: 'alice' })
    // The body of a signed request is JSON, and not signed.
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
  ])('takes %s', async (url) => {
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
  ])('refuses %s as UrlValidationFailed and asks nobody', async (url) => {
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

  it('refuses a URL that the app has already, however it is written', async () => {
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
  ])('with %j takes %i webhooks', async (options, limit) => {
    const harness = new EmulatorHarness(options)
    for (let count = 0; count < limit; count += 1) await harness.register(`${hookUrl}/${count}`)
    const response = await harness.asApp('POST', '/2/webhooks', { url: `${hookUrl}/more` })
    expect(await reasonOf(response)).toBe('WebhookLimitExceeded')
  })

  it('reports the same URL again as one too many where one is the limit', async () => {
    const harness = new EmulatorHarness({ tier: 'sandbox' })
    await harness.register()
    expect(await reasonOf(await harness.asApp('POST', '/2/webhooks', { url: hookUrl }))).toBe('WebhookLimitExceeded')
  })

  it('counts webhooks over all apps of the account, and has room again after one is deleted', async () => {
    const harness = new EmulatorHarness({ limits: { webhooks: 1 } })
    const other = harness.x.addApp()
    const id = await harness.register()
    const body = { url: hookUrl }
    expect(await reasonOf(await harness.asApp('POST', '/2/webhooks', body, other))).toBe('WebhookLimitExceeded')
    await harness.asApp('DELETE', `/2/webhooks/${id}`)
    harness.onCrc = (request) => crcAnswer(request, other.consumerSecret)
    expect((await harness.asApp('POST', '/2/webhooks', body, other)).status).toBe(200)
  })

  it('lets the slower of two registrations at once fail', async () => {
    const harness = new EmulatorHarness({ limits: { webhooks: 1 } })
    const responses = await Promise.all(
      ['a', 'b'].map((path) => harness.asApp('POST', '/2/webhooks', { url: `${hookUrl}/${path}` })),
    )
    expect(harness.challenges).toHaveLength(2)
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 400])
  })
})

describe('the challenge', () => {
  afterEach(() => void vi.useRealTimers())

  it('is a signed GET with a new token and nonce each time, behind the query that the URL has', async () => {
    const harness = new EmulatorHarness()
    const id = await harness.register('https://hook.example.com/x?team=a%20b#top')
    await harness.asApp('PUT', `/2/webhooks/${id}`)
    const queries = harness.challenges.map(
      ({ url }) => /\?team=a%20b&(crc_token=([^&#]+)&nonce=([^&#]+))$/.exec(url) ?? [],
    )
    const [first = [], second = []] = queries
    expect(new Set([first[2], first[3], second[2], second[3]]).size).toBe(4)
    expect(decodeURIComponent(first[2] ?? '')).toMatch(/^[A-Za-z0-9\-_.~+/:]{1,256}={0,2}$/)
    const mac = createHmac('sha256', harness.x.app.consumerSecret)
      .update(first[1] ?? '')
      .digest('base64')
    expect(harness.challenges[0]?.headers.get('x-twitter-webhooks-signature')).toBe(`sha256=${mac}`)
    expect(harness.challenges[0]?.redirect).toBe('manual')
  })

  it.each([
    ['a wrong token', () => Response.json({ response_token: 'sha256=AAAA' }), 'Invalid `response_token`', false],
    ['no token', () => Response.json({}), 'Invalid `response_token`', false],
    ['a token that is no text', () => Response.json({ response_token: 1 }), 'Invalid `response_token`', false],
    ['null', () => Response.json(null), 'Invalid `response_token`', false],
    ['what is no JSON', () => new Response('<html>'), 'Invalid `response_token`', false],
    ['nothing', () => new Response(), 'Invalid `response_token`', false],
    ['no content', () => new Response(null, { status: 204 }), 'Invalid `response_token`', false],
    ['a redirect', () => new Response(null, { status: 302 }), 'Redirects are not followed', false],
    ['not modified', () => new Response(null, { status: 304 }), 'Redirects are not followed', false],
    ['404', () => new Response(null, { status: 404 }), 'Status 404', true],
    ['500', () => new Response(null, { status: 500 }), 'Status 500', true],
    [
      'a lost connection',
      () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNRESET') })),
      'fetch failed: ECONNRESET',
      true,
    ],
  ])('fails at %s', async (_, respond, error, staysValid) => {
    const harness = new EmulatorHarness()
    const id = await harness.register()
    harness.onCrc = respond
    const message = `CrcValidationFailed: URL returned bad response during CRC with error: ${error}`
    for (const response of [
      await harness.asApp('POST', '/2/webhooks', { url: `${hookUrl}/other` }),
      await harness.asApp('PUT', `/2/webhooks/${id}`),
    ]) {
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ errors: [{ message }] })
    }
    const list = await harness.asApp('GET', '/2/webhooks')
    expect(await list.json()).toMatchObject({ data: [{ id, valid: staysValid }], meta: { result_count: 1 } })
  })

  it('takes any 2xx with the right token', async () => {
    const harness = new EmulatorHarness()
    harness.onCrc = async (request) =>
      new Response(await crcAnswer(request, harness.x.app.consumerSecret).text(), { status: 202 })
    expect((await harness.asApp('POST', '/2/webhooks', { url: hookUrl })).status).toBe(200)
  })

  it.each([
    [3000, 200],
    [3001, 400],
  ])('with an answer after %i ms of the injected clock ends with status %i', async (ms, status) => {
    const harness = new EmulatorHarness()
    harness.onCrc = (request) => {
      harness.time += ms
      return crcAnswer(request, harness.x.app.consumerSecret)
    }
    expect((await harness.asApp('POST', '/2/webhooks', { url: hookUrl })).status).toBe(status)
  })

  it('is late, too, when the emulator was put forward meanwhile', async () => {
    const harness = new EmulatorHarness()
    harness.onCrc = async (request) => {
      await harness.x.advance({ seconds: 4 })
      return crcAnswer(request, harness.x.app.consumerSecret)
    }
    const response = await harness.asApp('POST', '/2/webhooks', { url: hookUrl })
    expect(await reasonOf(response)).toBe('CrcValidationFailed')
    expect(await response.text()).toContain('No answer within 3 seconds')
  })

  it('gives up after 3 seconds of silence, aborts the request, and leaves the webhook valid', async () => {
    vi.useFakeTimers()
    const harness = new EmulatorHarness()
    const id = await harness.register()
    harness.onCrc = () => new Promise(() => {})
    const pending = harness.asApp('PUT', `/2/webhooks/${id}`)
    await vi.advanceTimersByTimeAsync(2999)
    expect(harness.challenges[1]?.signal.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await reasonOf(await pending)).toBe('CrcValidationFailed')
    expect(harness.challenges[1]?.signal.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    expect(await (await harness.asApp('GET', '/2/webhooks')).json()).toMatchObject({ data: [{ valid: true }] })
  })

  it('leaves no timer behind when it is answered', async () => {
    vi.useFakeTimers()
    await new EmulatorHarness().register()
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('GET /2/webhooks', () => {
  it('answers an empty list when there is none', async () => {
    const response = await new EmulatorHarness().asApp('GET', '/2/webhooks')
    expect(await response.json()).toEqual({ data: [], meta: { result_count: 0 } })
  })

  it('shows the webhooks of the app, and no others', async () => {
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
  it('removes the webhook and its subscriptions', async () => {
    const harness = new EmulatorHarness()
    const id = await harness.register()
    const alice = harness.x.addUser({ screenName: 'alice' })
    await harness.subscribe(id, alice)
    const response = await harness.asApp('DELETE', `/2/webhooks/${id}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ data: { deleted: true } })
    await alice.post('Is anybody there?')
    expect(await harness.flush()).toEqual([])
    expect(await (await harness.asApp('GET', '/2/account_activity/subscriptions/count')).json()).toMatchObject({
      data: { subscriptions_count_all: '0' },
    })
    expect(await reasonOf(await harness.asUser(alice, 'GET', subscriptionPath(id)))).toBe('WebhookIdInvalid')
  })
})

describe('an id that is none of the app’s webhooks', () => {
  it.each(['1', '9999999999999999999', 'abc', '__proto__', 'constructor', '%00', '12%2F3'])(
    'is refused: %s',
    async (id) => {
      const harness = new EmulatorHarness()
      await harness.register()
      for (const response of [
        await harness.asApp('PUT', `/2/webhooks/${id}`),
        await harness.asApp('DELETE', `/2/webhooks/${id}`),
        await harness.asUser(harness.x.app, 'POST', subscriptionPath(id)),
        await harness.asUser(harness.x.app, 'GET', subscriptionPath(id)),
        await harness.asApp('GET', `${subscriptionPath(id)}/list`),
        await harness.asApp('DELETE', `/2/account_activity/webhooks/${id}/subscriptions/1/all`),
        await harness.asApp(
          'POST',
          `/2/account_activity/replay/webhooks/${id}/subscriptions/all?from_date=1&to_date=2`,
        ),
      ]) {
        expect(response.status).toBe(400)
        expect(await reasonOf(response)).toBe('WebhookIdInvalid')
      }
    },
  )

  it('is refused when it is another app’s', async () => {
    const harness = new EmulatorHarness()
    const id = await harness.register()
    const other = harness.x.addApp()
    expect(await reasonOf(await harness.asApp('DELETE', `/2/webhooks/${id}`, undefined, other))).toBe(
      'WebhookIdInvalid',
    )
  })
})

describe('what is no endpoint', () => {
  it.each(['/', '/2', '/2/webhooks/', '/2/webhooks/1/2', '/2/tweets', '/2xwebhooks', '/__proto__'])(
    '%s answers 404',
    async (path) => {
      const response = await new EmulatorHarness().asApp('GET', path)
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual({
        title: 'Not Found',
        type: 'about:blank',
        status: 404,
        detail: 'Not Found',
      })
    },
  )

  it.each([
    ['PATCH', '/2/webhooks', 'POST, GET'],
    ['GET', '/2/webhooks/1', 'PUT, DELETE'],
    ['DELETE', '/2/account_activity/webhooks/1/subscriptions/all', 'POST, GET'],
    ['GET', '/oauth2/token', 'POST'],
  ])('%s %s answers 405 and says what is allowed', async (method, path, allow) => {
    const response = await new EmulatorHarness().asApp(method, path)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allow)
  })
})
