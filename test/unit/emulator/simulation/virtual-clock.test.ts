import { describe, expect, it } from 'vitest'
import { type Duration, durationMs, VirtualClock } from '../../../../src/emulator/simulation/virtual-clock.ts'

describe('durationMs', () => {
  it.each<[Duration, number]>([
    [{}, 0],
    [{ ms: 1 }, 1],
    [{ days: 1, hours: 2, minutes: 3, seconds: 4, ms: 5 }, 93_784_005],
    [{ hours: 0.5 }, 1_800_000],
    [{ days: 0 }, 0],
    [{ seconds: 0.0001 }, 0],
  ])('%j is %i ms', (duration, ms) => expect(durationMs(duration)).toBe(ms))

  it.each([
    [{ hours: -1 }, RangeError],
    [{ hours: Number.NaN }, RangeError],
    [{ hours: Number.POSITIVE_INFINITY }, RangeError],
    [{ weeks: 1 }, RangeError],
    [{ constructor: 1 }, RangeError],
    [{ hours: '1' }, TypeError],
    [{ hours: null }, TypeError],
    [5, TypeError],
    [undefined, TypeError],
    [null, TypeError],
  ])('refuses %j', (duration, error) => expect(() => durationMs(duration as Duration)).toThrow(error))
})

describe('VirtualClock', () => {
  it('follows its base clock', () => {
    let time = 1000.9
    const clock = new VirtualClock(() => time)
    clock.ahead = 5
    expect(clock.now()).toBe(1005)
    time += 10
    expect(clock.now()).toBe(1015)
  })

  it('is set to a time, and continues from there', () => {
    let time = 1000
    const clock = new VirtualClock(() => time)
    clock.moveTo(5000)
    expect([clock.now(), clock.ahead, clock.baseNow()]).toEqual([5000, 4000, 1000])
    time += 10
    expect(clock.now()).toBe(5010)
    clock.moveTo(500)
    expect([clock.now(), clock.ahead]).toEqual([500, -510])
  })

  it('differs by its skew, which is not counted as advanced', () => {
    const clock = new VirtualClock(() => 1000)
    clock.skewMs = -300
    clock.ahead = 50
    expect([clock.now(), clock.baseNow(), clock.ahead]).toEqual([750, 700, 50])
    clock.moveTo(2000)
    expect([clock.now(), clock.ahead]).toEqual([2000, 1300])
  })

  it.each([
    [Number.NaN, RangeError],
    [Number.NEGATIVE_INFINITY, RangeError],
    ['1000', TypeError],
    [undefined, TypeError],
  ])('refuses a base clock that returns %j', (time, error) => {
    expect(() => new VirtualClock(() => time as number).now()).toThrow(error)
  })
})
