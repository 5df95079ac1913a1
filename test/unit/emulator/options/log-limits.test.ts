import { describe, expect, it } from 'vitest'
import { createEmulator, type LogLimitOptions } from 'x-account-activity/emulator'
import { readLogLimits } from '../../../../src/emulator/options/log-limits.ts'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

describe('the option "logLimits"', () => {
  it.each<[LogLimitOptions | undefined, object]>([
    [undefined, { deliveries: 10_000, requests: 10_000 }],
    [{}, { deliveries: 10_000, requests: 10_000 }],
    [{ requests: undefined }, { deliveries: 10_000, requests: 10_000 }],
    [{ requests: 0 }, { deliveries: 10_000, requests: 0 }],
    [
      { deliveries: 1, requests: 1_000_000 },
      { deliveries: 1, requests: 1_000_000 },
    ],
  ])('accepts %j', (options, limits) => expect(readLogLimits(options)).toEqual(limits))

  it.each<[unknown, typeof TypeError | typeof RangeError, string]>([
    [null, TypeError, '"logLimits" must be an object, got null'],
    [5, TypeError, '"logLimits" must be an object, got number'],
    [{ requests: -1 }, RangeError, '"logLimits.requests" must be an integer from 0 to 1000000, got -1'],
    [{ requests: 1.5 }, RangeError, '"logLimits.requests" must be an integer from 0 to 1000000, got 1.5'],
    [{ requests: 1_000_001 }, RangeError, '"logLimits.requests" must be an integer from 0 to 1000000, got 1000001'],
    [{ deliveries: Number.NaN }, RangeError, '"logLimits.deliveries" must be an integer from 0 to 1000000, got NaN'],
    [
      { deliveries: Number.POSITIVE_INFINITY },
      RangeError,
      '"logLimits.deliveries" must be an integer from 0 to 1000000, got Infinity',
    ],
    [{ deliveries: '5' }, TypeError, '"logLimits.deliveries" must be a number, got string'],
    [{ calls: 5 }, RangeError, '"logLimits" must not have a member "calls". Its members are deliveries, requests.'],
  ])('refuses %j', (logLimits, kind, message) => {
    const create = () => createEmulator({ logLimits: logLimits as LogLimitOptions })
    expect(create).toThrow(kind)
    expect(create).toThrow(message)
  })

  it('bounds x.requests and x.deliveries', async () => {
    const harness = new EmulatorHarness({ logLimits: { requests: 2, deliveries: 3 } })
    const [alice] = await harness.subscribed('alice')
    for (let count = 0; count < 5; count += 1) await alice.post(`Post ${count}`)
    await harness.flush()
    expect(harness.x.deliveries.map(({ number }) => number)).toEqual([3, 4, 5])
    for (let count = 0; count < 5; count += 1) await harness.asApp('GET', '/2/webhooks')
    expect(harness.x.requests.map(({ number }) => number)).toEqual([6, 7])
  })
})
