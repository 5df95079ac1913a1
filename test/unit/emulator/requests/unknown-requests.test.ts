import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEmulator, type OnUnknownRequest, UnknownRequestError } from 'x-account-activity/emulator'

let lines: string[]

beforeEach(() => {
  lines = []
  vi.spyOn(console, 'error').mockImplementation((...details: unknown[]) => void lines.push(details.join(' ')))
})

afterEach(() => void vi.restoreAllMocks())

const report =
  "x-account-activity: The emulator has no route for GET /2/webhook and answered 404. No route has this path. The nearest route is GET /2/webhooks. Set the option \"onUnknownRequest\" to 'throw' or 'ignore' to change this report."

describe('the option "onUnknownRequest"', () => {
  it('is "warn" by default, and reports a method and path once', async () => {
    const x = createEmulator()
    for (let time = 0; time < 3; time += 1) {
      const response = await x.fetch('https://api.x.com/2/webhook?a=1')
      expect(response.status).toBe(404)
    }
    expect(lines).toEqual([report])
    await x.fetch('https://api.x.com/2/webhook', { method: 'POST' })
    await x.fetch('https://api.x.com/2/webhoks')
    expect(lines).toHaveLength(3)
    expect(x.requests).toHaveLength(5)
  })

  it('reports a path that does not allow the method', async () => {
    const response = await createEmulator().fetch('https://api.x.com/2/webhooks', { method: 'PATCH' })
    expect(response.status).toBe(405)
    expect(lines).toEqual([
      "x-account-activity: The emulator has no route for PATCH /2/webhooks and answered 405. This path allows POST and GET only. Set the option \"onUnknownRequest\" to 'throw' or 'ignore' to change this report.",
    ])
  })

  it('does not report a request that a route refuses', async () => {
    const x = createEmulator()
    expect((await x.fetch('https://api.x.com/2/webhooks')).status).toBe(401)
    expect((await x.fetch('https://api.x.com/emulator/nothing')).status).toBe(404)
    expect(lines).toEqual([])
  })

  it('does not repeat a report after a reset', async () => {
    const x = createEmulator()
    await x.fetch('https://api.x.com/2/webhook')
    await x.reset()
    await x.fetch('https://api.x.com/2/webhook')
    expect(lines).toHaveLength(1)
  })

  it.each([
    [99, 99],
    [100, 100],
    [101, 101],
    [500, 101],
  ])('reports at most 100 requests: %i requests give %i lines', async (count, expected) => {
    const x = createEmulator()
    for (let index = 0; index < count; index += 1) await x.fetch(`https://api.x.com/nothing/${index}`)
    expect(lines).toHaveLength(expected)
    if (count > 100) {
      expect(lines[100]).toBe(
        'x-account-activity: The emulator has reported 100 unknown requests, and reports no more. See x.requests for the others.',
      )
    }
  })

  it('never writes a secret', async () => {
    const x = createEmulator()
    await x.fetch(`https://api.x.com/2/${x.app.consumerSecret}?oauth_token=${x.app.accessToken}`, {
      headers: { authorization: `Bearer ${x.app.bearerToken}` },
    })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('GET /2/[redacted] and answered 404')
    for (const secret of [x.app.consumerSecret, x.app.accessToken, x.app.bearerToken]) {
      expect(lines[0]).not.toContain(secret)
    }
  })

  it('"ignore" writes nothing', async () => {
    const x = createEmulator({ onUnknownRequest: 'ignore' })
    expect((await x.fetch('https://api.x.com/2/webhook')).status).toBe(404)
    expect(lines).toEqual([])
    expect(x.requests).toMatchObject([{ failedCheck: 'route' }])
  })

  it('"throw" makes fetch reject each time, and reports once', async () => {
    const x = createEmulator({ onUnknownRequest: 'throw' })
    for (let time = 0; time < 2; time += 1) {
      const error: unknown = await x.fetch('https://api.x.com/2/webhook?token=x').catch((reason) => reason)
      expect(error).toBeInstanceOf(UnknownRequestError)
      expect(error).toMatchObject({
        name: 'UnknownRequestError',
        code: 'unknown_request',
        method: 'GET',
        path: '/2/webhook?token=[redacted]',
        message:
          'The emulator has no route for GET /2/webhook and answered 404. No route has this path. The nearest route is GET /2/webhooks.',
      })
      const { response } = error as UnknownRequestError
      expect([response.status, await response.json()]).toEqual([404, expect.objectContaining({ title: 'Not Found' })])
    }
    expect(lines).toHaveLength(1)
    expect(x.requests).toMatchObject([{ status: 404 }, { status: 404 }])
  })

  it('"throw" does not affect requests that a route knows', async () => {
    const x = createEmulator({ onUnknownRequest: 'throw' })
    expect((await x.fetch('https://api.x.com/2/webhooks')).status).toBe(401)
    expect((await x.fetch('https://api.x.com/emulator')).status).toBe(200)
    expect((await x.fetch('https://api.x.com/emulator/nothing')).status).toBe(404)
  })

  it('does not show the response when the error is printed', async () => {
    const x = createEmulator({ onUnknownRequest: 'throw' })
    const error: unknown = await x.fetch('https://api.x.com/2/webhook').catch((reason) => reason)
    expect(Object.keys(error as object)).not.toContain('response')
    expect(JSON.stringify(error)).not.toContain('Not Found')
  })

  it.each<[unknown, typeof TypeError | typeof RangeError, string]>([
    ['error', RangeError, `"onUnknownRequest" must be 'warn' or 'throw' or 'ignore'`],
    ['', RangeError, `"onUnknownRequest" must be 'warn' or 'throw' or 'ignore'`],
    ['__proto__', RangeError, `"onUnknownRequest" must be 'warn' or 'throw' or 'ignore'`],
    [null, TypeError, `"onUnknownRequest" must be 'warn' or 'throw' or 'ignore', got null`],
    [false, TypeError, `"onUnknownRequest" must be 'warn' or 'throw' or 'ignore', got boolean`],
    [() => {}, TypeError, `"onUnknownRequest" must be 'warn' or 'throw' or 'ignore', got function`],
  ])('refuses %j', (onUnknownRequest, kind, message) => {
    const create = () => createEmulator({ onUnknownRequest: onUnknownRequest as OnUnknownRequest })
    expect(create).toThrow(kind)
    expect(create).toThrow(message)
  })
})
