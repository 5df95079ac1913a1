import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEmulator, type EmulatorOptions } from 'x-account-activity/emulator'
import { start } from '../../support/emulator-harness.ts'

afterEach(() => void vi.unstubAllGlobals())

describe('createEmulator', () => {
  it.each<[unknown, typeof TypeError | typeof RangeError, string]>([
    [null, TypeError, '"options" must be an object, got null'],
    [{ tier: 'gold' }, RangeError, '"tier" must be'],
    [{ tier: '__proto__' }, RangeError, '"tier" must be'],
    [{ tier: 1 }, TypeError, '"tier" must be'],
    [{ limits: 5 }, TypeError, '"limits" must be an object'],
    [{ limits: { webhooks: -1 } }, RangeError, '"limits.webhooks"'],
    [{ limits: { webhooks: Number.NaN } }, RangeError, '"limits.webhooks"'],
    [{ limits: { subscriptions: Number.POSITIVE_INFINITY } }, RangeError, '"limits.subscriptions"'],
    [{ limits: { subscriptions: '5' } }, TypeError, '"limits.subscriptions"'],
    [{ fetch: 'fetch' }, TypeError, '"fetch" must be a function'],
    [{ now: 5 }, TypeError, '"now" must be a function'],
    [{ now: () => Number.NaN }, RangeError, '"now" must return'],
    [{ seed: Number.NaN }, RangeError, '"seed" must be a finite number'],
    [{ seed: {} }, TypeError, '"seed" must be a number or a string'],
    [{ strict: 'yes' }, TypeError, '"strict" must be a boolean'],
  ])('refuses %j', (options, kind, message) => {
    const create = () => createEmulator(options as EmulatorOptions)
    expect(create).toThrow(kind)
    expect(create).toThrow(message)
  })

  it('sends with the global fetch of the moment', async () => {
    const x = createEmulator({ now: () => start })
    const asked: Request[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      asked.push(request)
      return new Response()
    })
    await x.fetch('https://api.x.com/2/webhooks', {
      method: 'POST',
      headers: { authorization: `Bearer ${x.app.bearerToken}` },
      body: '{"url":"https://hook.example.com/x"}',
    })
    expect(asked.map(({ url }) => new URL(url).host)).toEqual(['hook.example.com'])
  })

  it('uses the clock of the machine by default', () => {
    expect(createEmulator({ now: () => start }).now()).toBe(start)
    const before = Date.now()
    const now = createEmulator().now()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })
})
