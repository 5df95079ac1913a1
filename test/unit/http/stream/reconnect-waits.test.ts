import { expect, test } from 'vitest'
import { createReconnectWaits, type StreamFault } from '../../../../src/http/stream/reconnect-waits.ts'

// The schedules: https://docs.x.com/x-api/posts/filtered-stream/integrate/handling-disconnections
test.each<readonly [StreamFault, readonly number[], number]>([
  ['network', [250, 500, 750, 1_000], 16_000],
  ['http', [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 320_000], 320_000],
  ['rate_limit', [60_000, 120_000, 240_000, 480_000, 900_000, 900_000], 900_000],
])('after faults of the kind %s, waits grow to a limit, and begin again after a reset', (fault, first, limit) => {
  const waits = createReconnectWaits()
  expect(first.map(() => waits.next(fault))).toEqual(first)
  expect(waits.count()).toBe(first.length)
  for (let count = 0; count < 2_000; count += 1) waits.next(fault)
  expect(waits.next(fault)).toBe(limit)
  waits.reset()
  expect(waits.count()).toBe(0)
  expect(waits.next(fault)).toBe(first[0])
})

test('each kind of fault has a count of its own', () => {
  const waits = createReconnectWaits()
  expect([waits.next('network'), waits.next('http'), waits.next('network'), waits.next('http')]).toEqual([
    250, 5_000, 500, 10_000,
  ])
})
