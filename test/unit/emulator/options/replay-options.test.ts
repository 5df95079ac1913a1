import { describe, expect, it } from 'vitest'
import { createEmulator, type ReplayOptions } from 'x-account-activity/emulator'

describe('the option "replay"', () => {
  it.each([
    [{ takesMinutes: -1 }, RangeError],
    [{ takesMinutes: Number.NaN }, RangeError],
    [{ keptMegabytes: -1 }, RangeError],
    [{ minutes: 1 }, RangeError],
    [{ keptMegabytes: '32' }, TypeError],
    [{ endpoints: 'webhooks' }, TypeError],
    [{ endpoints: [1] }, TypeError],
    [{ endpoints: ['webhook'] }, RangeError],
    [null, TypeError],
    [5, TypeError],
  ])('refuses %j', (replay, error) => {
    expect(() => createEmulator({ replay: replay as ReplayOptions })).toThrow(error)
  })
})
