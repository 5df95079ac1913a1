import { describe, expect, it } from 'vitest'
import { type Duration, VirtualClock } from '../../../src/emulator/virtual-clock.ts'

describe('VirtualClock', () => {
  it.each<[Duration, number]>([
    [{}, 0],
    [{ ms: 1 }, 1],
    [{ days: 1, hours: 2, minutes: 3, seconds: 4, ms: 5 }, 93_784_005],
    [{ hours: 0.5 }, 1_800_000],
    [{ days: 0 }, 0],
    [{ seconds: 0.0001 }, 0],
  ])('is put forward by %j', (duration, ms) => {
    const clock = new VirtualClock(() => 1000)
    clock.advance(duration)
    clock.advance(duration)
    expect(clock.now()).toBe(1000 + 2 * ms)
    expect(clock.base()).toBe(1000)
  })

  it('goes as the clock below it does', () => {
    let time = 1000.9
    const clock = new VirtualClock(() => time)
    clock.advance({ ms: 5 })
    expect(clock.now()).toBe(1005)
    time += 10
    expect(clock.now()).toBe(1015)
  })

  it.each([
    [{ hours: -1 }, RangeError],
    [{ hours: Number.NaN }, RangeError],
    [{ hours: Number.POSITIVE_INFINITY }, RangeError],
    [{ hours: '1' }, TypeError],
    [{ hours: null }, TypeError],
    [null, TypeError],
  ])('refuses to be put forward by %j', (duration, error) => {
    const clock = new VirtualClock(() => 1000)
    expect(() => clock.advance(duration as Duration)).toThrow(error)
    expect(clock.now()).toBe(1000)
  })

  it.each([
    [Number.NaN, RangeError],
    [Number.NEGATIVE_INFINITY, RangeError],
    ['1000', TypeError],
    [undefined, TypeError],
  ])('refuses a clock that says %j', (time, error) => {
    expect(() => new VirtualClock(() => time as number).now()).toThrow(error)
  })
})
