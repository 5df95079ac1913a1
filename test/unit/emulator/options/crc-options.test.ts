import { describe, expect, it } from 'vitest'
import { type CrcScheduleOptions, readCrcSchedule } from '../../../../src/emulator/options/crc-options.ts'

describe('readCrcSchedule', () => {
  it.each([
    [{ everyMinutes: 0 }, RangeError],
    [{ everyMinutes: Number.NaN }, RangeError],
    [{ validForHours: -1 }, RangeError],
    [{ graceHours: Number.POSITIVE_INFINITY }, RangeError],
    [{ hours: 1 }, RangeError],
    [{ graceHours: '4' }, TypeError],
    [true, TypeError],
    [null, TypeError],
  ])('refuses %j', (options, error) => {
    expect(() => readCrcSchedule(options as CrcScheduleOptions)).toThrow(error)
  })
})
