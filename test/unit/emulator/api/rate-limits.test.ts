import { describe, expect, it } from 'vitest'
import { RateLimits } from '../../../../src/emulator/api/rate-limits.ts'
import { EmulatorHarness, start } from '../../../support/emulator-harness.ts'
import { callSigned, failureOf, registerAt } from '../../../support/emulator-v1.ts'

const premium = '/1.1/account_activity/all'
const enterprise = '/1.1/account_activity'

/** The rate limit headers of an answer. */
function limitHeaders({ headers }: Response): (string | null)[] {
  return ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-rate-limit-${name}`))
}

const nothing = [null, null, null]
/** 15 minutes after the start, rounded up: 09:45:00.250 becomes 09:45:01. */
const reset = '1795254301'

describe('v2', () => {
  it('has rate limit headers on every answer', async () => {
    const harness = new EmulatorHarness()
    expect(limitHeaders(await harness.asApp('GET', '/2/webhooks'))).toEqual(['450', '449', reset])
    harness.time += 60_000
    expect(limitHeaders(await harness.asApp('GET', '/2/webhooks'))).toEqual(['450', '448', reset])
    expect(limitHeaders(await harness.asApp('POST', '/2/webhooks', '{}'))).toEqual(['450', '449', '1795254361'])
    expect(limitHeaders(await harness.asApp('DELETE', '/2/webhooks/1'))).toEqual(['450', '449', '1795254361'])
  })

  it('answers 429 above the limit, until the window ends', async () => {
    const harness = new EmulatorHarness({ limits: { rate: { 'GET /2/webhooks': 2 } } })
    for (const status of [200, 200, 429, 429]) expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(status)
    const response = await harness.asApp('GET', '/2/webhooks')
    expect(limitHeaders(response)).toEqual(['2', '0', reset])
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await response.json()).toEqual({
      title: 'Too Many Requests',
      type: 'about:blank',
      status: 429,
      detail: 'Too Many Requests',
    })
    await harness.x.advance({ minutes: 14, seconds: 59, ms: 999 })
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(429)
    await harness.x.advance({ ms: 1 })
    expect(limitHeaders(await harness.asApp('GET', '/2/webhooks'))).toEqual(['2', '1', '1795255201'])
  })

  it('counts each app separately', async () => {
    const harness = new EmulatorHarness({ limits: { rate: { 'GET /2/webhooks': 1 } } })
    const other = harness.x.addApp()
    for (const app of [harness.x.app, other]) {
      expect((await harness.asApp('GET', '/2/webhooks', undefined, app)).status).toBe(200)
      expect((await harness.asApp('GET', '/2/webhooks', undefined, app)).status).toBe(429)
    }
  })

  it.each([
    ['GET', '/2/webhooks', '450'],
    ['POST', '/2/webhooks', '450'],
    ['PUT', '/2/webhooks/1', '450'],
    ['DELETE', '/2/webhooks/1', '450'],
    ['POST', '/2/webhooks/replay', '100'],
    // X documents no rate limit for these.
    ['GET', '/2/account_activity/subscriptions/count', null],
    ['GET', '/2/account_activity/webhooks/1/subscriptions/all/list', null],
    ['DELETE', '/2/account_activity/webhooks/1/subscriptions/1/all', null],
    ['POST', '/2/account_activity/replay/webhooks/1/subscriptions/all', null],
  ])('%s %s has the limit %s', async (method, path, limit) => {
    expect(limitHeaders(await new EmulatorHarness().asApp(method, path))[0]).toBe(limit)
  })

  it('does not count calls with wrong credentials', async () => {
    const harness = new EmulatorHarness({ limits: { rate: { 'GET /2/webhooks': 1 } } })
    const headers = { authorization: 'Bearer wrong' }
    for (let call = 0; call < 3; call += 1) {
      expect(limitHeaders(await harness.x.fetch('https://api.x.com/2/webhooks', { headers }))).toEqual(nothing)
    }
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(200)
  })
})

describe('v1.1', () => {
  it.each([
    ['GET', `${premium}/webhooks.json`, '15'],
    ['GET', `${premium}/dev/webhooks.json`, '15'],
    ['GET', `${premium}/dev/subscriptions/list.json`, '50'],
    ['GET', `${premium}/subscriptions/count.json`, '15'],
    ['GET', `${enterprise}/webhooks.json`, '15'],
    ['GET', `${enterprise}/webhooks/1/subscriptions/all/list.json`, '50'],
    ['GET', `${enterprise}/subscriptions/count.json`, '15'],
  ])('has rate limit headers on reads: %s %s', async (method, path, limit) => {
    expect(limitHeaders(await new EmulatorHarness().asApp(method, path))).toEqual([
      limit,
      String(Number(limit) - 1),
      reset,
    ])
  })

  it.each([
    [15, 'POST', `${premium}/dev/webhooks.json`],
    [15, 'PUT', `${premium}/dev/webhooks/1.json`],
    [15, 'DELETE', `${premium}/dev/webhooks/1.json`],
    [500, 'POST', `${premium}/dev/subscriptions.json`],
    [500, 'DELETE', `${premium}/dev/subscriptions.json`],
    [15, 'POST', `${enterprise}/webhooks.json`],
    [15, 'PUT', `${enterprise}/webhooks/1.json`],
    [15, 'DELETE', `${enterprise}/webhooks/1.json`],
    [500, 'POST', `${enterprise}/webhooks/1/subscriptions/all.json`],
    [500, 'DELETE', `${enterprise}/webhooks/1/subscriptions/all.json`],
  ])('has rate limit headers on writes only above the limit: after %i of %s %s', async (limit, method, path) => {
    const harness = new EmulatorHarness()
    const call = () => callSigned(harness, harness.x.app, { method, path })
    for (let count = 0; count < limit; count += 1) {
      const response = await call()
      expect([response.status === 429, limitHeaders(response)]).toEqual([false, nothing])
    }
    const response = await call()
    expect(limitHeaders(response)).toEqual([String(limit), '0', reset])
    expect(await failureOf(response)).toEqual({ status: 429, code: 88, message: 'Rate limit exceeded.' })
  })

  it('counts each user separately', async () => {
    const harness = new EmulatorHarness({ limits: { rate: { [`GET ${premium}/:env_name/subscriptions.json`]: 1 } } })
    const path = `${premium}/dev/subscriptions.json`
    await registerAt(harness, `${premium}/dev/webhooks.json`)
    for (const screenName of ['alice', 'bob']) {
      const user = harness.x.addUser({ screenName })
      expect((await callSigned(harness, user, { method: 'GET', path })).status).toBe(404)
      expect((await callSigned(harness, user, { method: 'GET', path })).status).toBe(429)
    }
  })

  it('counts refused calls', async () => {
    const harness = new EmulatorHarness({ limits: { rate: { [`POST ${enterprise}/webhooks.json`]: 1 } } })
    const call = () => callSigned(harness, harness.x.app, { method: 'POST', path: `${enterprise}/webhooks.json` })
    expect((await call()).status).toBe(403)
    expect((await call()).status).toBe(429)
  })
})

describe('limits.rate', () => {
  it('turns all rate limits off with false', async () => {
    const harness = new EmulatorHarness({ limits: { rate: false } })
    for (let call = 0; call < 20; call += 1) {
      const response = await harness.asApp('GET', `${enterprise}/webhooks.json`)
      expect([response.status, limitHeaders(response)]).toEqual([200, nothing])
    }
  })

  it('sets a limit where X documents none, and keeps the others', async () => {
    const harness = new EmulatorHarness({ limits: { rate: { 'GET /2/account_activity/subscriptions/count': 0 } } })
    expect((await harness.asApp('GET', '/2/account_activity/subscriptions/count')).status).toBe(429)
    expect(limitHeaders(await harness.asApp('GET', '/2/webhooks'))[0]).toBe('450')
  })

  it.each<[unknown, typeof TypeError | typeof RangeError]>([
    [true, TypeError],
    [null, TypeError],
    [5, TypeError],
    [['GET /2/webhooks'], TypeError],
    [{ 'GET /2/webhooks': '5' }, TypeError],
    [{ 'GET /2/webhooks': -1 }, RangeError],
    [{ 'GET /2/webhooks': 1.5 }, RangeError],
    [{ 'GET /2/webhooks': Number.NaN }, RangeError],
    [{ 'GET /2/webhooks': Number.POSITIVE_INFINITY }, RangeError],
    [{ 'GET /2/webhook': 5 }, RangeError],
    [{ '/2/webhooks': 5 }, RangeError],
    [{ 'PATCH /2/webhooks': 5 }, RangeError],
    [{ 'POST /oauth2/token': 5 }, RangeError],
    [{ constructor: 5 }, RangeError],
  ])('refuses %j', (rate, error) => {
    expect(() => new EmulatorHarness({ limits: { rate: rate as false } })).toThrow(error)
  })
})

it('the literal above is 15 minutes after the start', () => {
  expect(new Date(start).toISOString()).toBe('2026-11-21T09:30:00.250Z')
  expect(new Date(Number(reset) * 1000).toISOString()).toBe('2026-11-21T09:45:01.000Z')
})

describe('RateLimits', () => {
  const endpoint = { method: 'GET', path: '/x', rate: 1 }

  it('removes windows that have ended, and no others', () => {
    const rates = new RateLimits([endpoint], {})
    rates.count(endpoint, 'early', 0)
    for (let caller = 0; caller < 10_000; caller += 1) rates.count(endpoint, `caller ${caller}`, 1)
    // The window of `early` has ended, and the map is full.
    expect(rates.count(endpoint, 'late', 900_000)?.exceeded).toBe(false)
    expect(rates.count(endpoint, 'early', 900_000)?.exceeded).toBe(false)
    expect(rates.count(endpoint, 'caller 0', 900_000)?.exceeded).toBe(true)
    expect(rates.count(endpoint, 'caller 0', 900_001)?.exceeded).toBe(false)
  })

  it('returns undefined without a limit', () => {
    expect(new RateLimits([endpoint], false).count(endpoint, 'caller', 0)).toBeUndefined()
    const open = { method: 'GET', path: '/y' }
    expect(new RateLimits([open], {}).count(open, 'caller', 0)).toBeUndefined()
  })
})
