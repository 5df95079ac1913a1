import { afterEach, describe, expect, it, vi } from 'vitest'
import { type ApiFaults, createEmulator } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { EmulatorHarness, start } from '../../../support/emulator-harness.ts'

afterEach(() => void vi.useRealTimers())

/** A call with the bearer token and some faults, and its answer. */
async function call(api: ApiFaults, path: string, method = 'GET') {
  const harness = new EmulatorHarness({ faults: { api } })
  const response = await harness.asApp(method, path)
  return { harness, status: response.status, headers: response.headers, text: await response.text() }
}

const v1 = '/1.1/account_activity/webhooks.json'

describe('a fault before the call is carried out', () => {
  it.each([
    ['/2/webhooks', { title: 'Too Many Requests', type: 'about:blank', status: 429, detail: 'Too Many Requests' }],
    [v1, { errors: [{ code: 88, message: expect.any(String) }] }],
  ])('rateLimited answers %s with 429', async (path, body) => {
    const { status, headers, text } = await call({ rateLimited: 1 }, path)
    expect(status).toBe(429)
    expect(JSON.parse(text)).toEqual(body)
    expect(headers.get('x-rate-limit-limit')).toMatch(/^\d+$/)
    expect(headers.get('x-rate-limit-remaining')).toBe('0')
    // 15 minutes, in seconds, rounded up.
    expect(headers.get('x-rate-limit-reset')).toBe(String(Math.ceil((start + 900_000) / 1000)))
  })

  it.each([
    ['/2/webhooks', { title: 'Service Unavailable', type: 'about:blank', status: 503, detail: 'Service Unavailable' }],
    [v1, { errors: [{ code: 67, message: 'Service Unavailable' }] }],
    ['/1.1/account/verify_credentials.json', { errors: [{ code: 130, message: 'Service Unavailable' }] }],
  ])('unavailable answers %s with 503', async (path, body) => {
    const { status, headers, text } = await call({ unavailable: 1 }, path)
    expect(status).toBe(503)
    expect(JSON.parse(text)).toEqual(body)
    expect(headers.get('retry-after')).toBe('60')
  })

  it.each([
    ['/2/webhooks', { title: 'Internal Server Error', type: 'about:blank', status: 500, detail: expect.any(String) }],
    [v1, { errors: [{ code: 0, message: 'Internal Server Error' }] }],
    ['/oauth2/token', { errors: [{ code: 131, message: 'Internal Server Error' }] }],
  ])('internalError answers %s with 500', async (path, body) => {
    const { status, text } = await call({ internalError: 1 }, path)
    expect(status).toBe(500)
    expect(JSON.parse(text)).toEqual(body)
  })

  it('htmlPage answers with 502 and a page', async () => {
    const { status, headers, text } = await call({ htmlPage: 1 }, '/2/webhooks')
    expect(status).toBe(502)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(text).toMatch(/^<!DOCTYPE html>/)
  })

  it.each(['rateLimited', 'unavailable', 'internalError', 'htmlPage'] as const)(
    '%s does not carry out the call',
    async (fault) => {
      const harness = new EmulatorHarness({ faults: { api: { [fault]: { next: 1 } } } })
      await harness.asApp('POST', '/2/webhooks', { url: 'https://hook.example.com/x' })
      expect(harness.challenges).toEqual([])
      expect(await (await harness.asApp('GET', '/2/webhooks')).json()).toMatchObject({ data: [] })
    },
  )
})

describe('a fault after the call was carried out', () => {
  const register = (harness: EmulatorHarness) =>
    harness.asApp('POST', '/2/webhooks', { url: 'https://hook.example.com/x' })
  const isRegistered = async (harness: EmulatorHarness) => {
    const list = (await (await harness.asApp('GET', '/2/webhooks')).json()) as { data: unknown[] }
    return list.data.length === 1
  }

  it('dropped loses the connection', async () => {
    const harness = new EmulatorHarness({ faults: { api: { dropped: { next: 1 } } } })
    await expect(register(harness)).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } })
    expect(await isRegistered(harness)).toBe(true)
  })

  it('dropped closes the socket of a served emulator', async () => {
    const x = createEmulator({ faults: { api: { dropped: { next: 1 } } } })
    const server = await serveEmulator(x)
    await expect(fetch(`${server.url}/2/webhooks`)).rejects.toThrow(TypeError)
    expect((await fetch(`${server.url}/2/webhooks`)).status).toBe(401)
    await server.close()
  })

  it('truncated sends half of the body', async () => {
    const harness = new EmulatorHarness({ faults: { api: { truncated: { next: 1 } } } })
    const response = await register(harness)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(text).toMatch(/^\{"data":\{"id":/)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(await isRegistered(harness)).toBe(true)
  })

  it('slow delays the answer', async () => {
    vi.useFakeTimers()
    const harness = new EmulatorHarness({ faults: { api: { slow: { next: 1 }, slowMs: 700 } } })
    let response: Response | undefined
    const answered = register(harness).then((answer) => {
      response = answer
    })
    await vi.advanceTimersByTimeAsync(699)
    expect(response).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    await answered
    expect(response?.status).toBe(200)
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['before', 'meanwhile'])('slow does not wait when the caller aborts %s', async (when) => {
    vi.useFakeTimers()
    const harness = new EmulatorHarness({ faults: { api: { slow: 1 } } })
    const controller = new AbortController()
    if (when === 'before') controller.abort(new Error('Enough'))
    const answer = harness.x.fetch('https://api.x.com/2/webhooks', { signal: controller.signal })
    const refused = expect(answer).rejects.toThrow('Enough')
    await vi.advanceTimersByTimeAsync(100)
    controller.abort(new Error('Enough'))
    await refused
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('several faults', () => {
  it('occur one at a time, in their documented order', async () => {
    const next = { next: 1 }
    const api = { slow: 0, truncated: next, htmlPage: next, internalError: next, unavailable: next, rateLimited: next }
    const harness = new EmulatorHarness({ faults: { api } })
    const statuses: number[] = []
    for (let count = 0; count < 6; count += 1) statuses.push((await harness.asApp('GET', '/2/webhooks')).status)
    expect(statuses).toEqual([429, 503, 500, 502, 200, 200])
  })
})
