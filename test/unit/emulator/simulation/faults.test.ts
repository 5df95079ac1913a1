import { describe, expect, it } from 'vitest'
import { createEmulator, type FaultOptions } from 'x-account-activity/emulator'
import { Faults } from '../../../../src/emulator/simulation/faults.ts'
import { SeededRandom } from '../../../../src/emulator/simulation/seeded-random.ts'
import { EmulatorHarness, start } from '../../../support/emulator-harness.ts'

function faultsOf(options: FaultOptions, seed = '1'): Faults {
  const faults = new Faults(new SeededRandom({ seed }), { faultDraws: new Map() })
  faults.set(options)
  return faults
}

/** How often a fault occurs in a number of tries. */
function count(faults: Faults, tries: number): number {
  return Array.from({ length: tries }, () => faults.shouldInject('api.dropped')).filter(Boolean).length
}

describe('the frequency of a fault', () => {
  it.each([
    [0, 0, 0],
    [1, 1000, 1000],
    [0.5, 400, 600],
    [0.01, 1, 30],
    [0.999, 980, 1000],
  ])('is %d: from %i to %i of 1000 times', (probability, least, most) => {
    const times = count(faultsOf({ api: { dropped: probability } }), 1000)
    expect(times).toBeGreaterThanOrEqual(least)
    expect(times).toBeLessThanOrEqual(most)
  })

  it('is the next times, and then never', () => {
    const faults = faultsOf({ api: { dropped: { next: 2 } } })
    expect(Array.from({ length: 4 }, () => faults.shouldInject('api.dropped'))).toEqual([true, true, false, false])
    expect(count(faultsOf({ api: { dropped: { next: 0 } } }), 10)).toBe(0)
  })

  it('is 0 by default', () => {
    expect(count(faultsOf({ api: { truncated: 1 }, crc: { late: 1 } }), 10)).toBe(0)
    expect(faultsOf({}).hasAny).toBe(false)
    expect(faultsOf({ clockSkewMs: 5 }).hasAny).toBe(false)
  })

  it('follows the seed', () => {
    const series = (seed: string) => {
      const faults = faultsOf({ api: { dropped: 0.5 } }, seed)
      return Array.from({ length: 64 }, () => faults.shouldInject('api.dropped'))
    }
    expect(series('1')).toEqual(series('1'))
    expect(series('1')).not.toEqual(series('2'))
  })

  it('does not change the option', () => {
    const options = { api: { dropped: { next: 1 } } }
    count(faultsOf(options), 5)
    expect(options).toEqual({ api: { dropped: { next: 1 } } })
  })
})

describe('the option "faults"', () => {
  it.each<[unknown, typeof TypeError | typeof RangeError]>([
    [null, TypeError],
    [[], TypeError],
    [{ net: {} }, RangeError],
    [{ api: { dropt: 1 } }, RangeError],
    [{ api: { constructor: 1 } }, RangeError],
    [{ deliveries: { slowMs: 1 } }, RangeError],
    [{ stream: { lost: 1 } }, RangeError],
    [{ stream: { closed: 1.1 } }, RangeError],
    [{ stream: 1 }, TypeError],
    [{ api: 1 }, TypeError],
    [{ api: null }, TypeError],
    [{ api: { dropped: -0.1 } }, RangeError],
    [{ api: { dropped: 1.1 } }, RangeError],
    [{ api: { dropped: Number.NaN } }, RangeError],
    [{ api: { dropped: true } }, TypeError],
    [{ api: { dropped: '1' } }, TypeError],
    [{ api: { dropped: {} } }, TypeError],
    [{ api: { dropped: { next: -1 } } }, RangeError],
    [{ api: { dropped: { next: 0.5 } } }, RangeError],
    [{ api: { dropped: { next: Number.POSITIVE_INFINITY } } }, RangeError],
    [{ api: { dropped: { next: 1, last: 2 } } }, RangeError],
    [{ api: { slowMs: -1 } }, RangeError],
    [{ api: { slowMs: '5' } }, TypeError],
    [{ clockSkewMs: Number.NaN }, RangeError],
    [{ clockSkewMs: '5' }, TypeError],
  ])('refuses %j, also in x.faults()', (faults, error) => {
    expect(() => createEmulator({ faults: faults as FaultOptions })).toThrow(error)
    const x = createEmulator({ now: () => start })
    expect(() => x.faults(faults as FaultOptions)).toThrow(error)
    expect(x.now()).toBe(start)
  })

  it('is replaced as a whole', async () => {
    const harness = new EmulatorHarness({ faults: { api: { unavailable: 1 } } })
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(503)
    harness.x.faults({ api: { htmlPage: { next: 1 } } })
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(502)
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(200)
    harness.x.faults({})
    expect((await harness.asApp('GET', '/2/webhooks')).status).toBe(200)
  })
})

describe('clockSkewMs', () => {
  it.each([
    [0, 200],
    [299_000, 200],
    [-299_000, 200],
    [302_000, 401],
    [-302_000, 401],
  ])('of %i ms answers a signed request with %i', async (clockSkewMs, status) => {
    const harness = new EmulatorHarness()
    const alice = harness.x.addUser({ screenName: 'alice' })
    const id = await harness.register()
    harness.x.faults({ clockSkewMs })
    expect(harness.x.now()).toBe(start + clockSkewMs)
    const path = `/2/account_activity/webhooks/${id}/subscriptions/all`
    expect((await harness.asUser(alice, 'GET', path)).status).toBe(status)
  })

  it('ends when the fault is removed', async () => {
    const harness = new EmulatorHarness({ faults: { clockSkewMs: 5_000_000 } })
    await harness.x.advance({ minutes: 1 })
    harness.x.faults({})
    expect(harness.x.now()).toBe(start + 60_000)
  })
})
