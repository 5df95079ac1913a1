import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { crcAnswer, EmulatorHarness, hookUrl, reasonOf } from '../../../support/emulator-harness.ts'

describe('the challenge', () => {
  afterEach(() => void vi.useRealTimers())

  it('is a signed GET with a new token and nonce each time, after the query of the URL', async () => {
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
    ['a numeric token', () => Response.json({ response_token: 1 }), 'Invalid `response_token`', false],
    ['null', () => Response.json(null), 'Invalid `response_token`', false],
    ['a body that is not JSON', () => new Response('<html>'), 'Invalid `response_token`', false],
    ['an empty body', () => new Response(), 'Invalid `response_token`', false],
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
  ])('fails with %s', async (_, respond, error, staysValid) => {
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

  it('accepts any 2xx status with the right token', async () => {
    const harness = new EmulatorHarness()
    harness.onCrc = async (request) =>
      new Response(await crcAnswer(request, harness.x.app.consumerSecret).text(), { status: 202 })
    expect((await harness.asApp('POST', '/2/webhooks', { url: hookUrl })).status).toBe(200)
  })

  it.each([
    [3000, 200],
    [3001, 400],
  ])('that is answered after %i ms of the injected clock ends with status %i', async (ms, status) => {
    const harness = new EmulatorHarness()
    harness.onCrc = (request) => {
      harness.time += ms
      return crcAnswer(request, harness.x.app.consumerSecret)
    }
    expect((await harness.asApp('POST', '/2/webhooks', { url: hookUrl })).status).toBe(status)
  })

  it('is late when the clock is advanced meanwhile', async () => {
    const harness = new EmulatorHarness()
    harness.onCrc = async (request) => {
      await harness.x.advance({ seconds: 4 })
      return crcAnswer(request, harness.x.app.consumerSecret)
    }
    const response = await harness.asApp('POST', '/2/webhooks', { url: hookUrl })
    expect(await reasonOf(response)).toBe('CrcValidationFailed')
    expect(await response.text()).toContain('No answer within 3 seconds')
  })

  it('ends after 3 seconds without an answer, aborts the request, and leaves the webhook valid', async () => {
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

  it('leaves no timer after the answer', async () => {
    vi.useFakeTimers()
    await new EmulatorHarness().register()
    expect(vi.getTimerCount()).toBe(0)
  })
})
