import { hourMs, minuteMs } from '../../internal/clock.ts'
import { assertKeys, assertNumber } from './assert-options.ts'

/** When X challenges the webhooks on its own. */
export interface CrcScheduleOptions {
  /**
   * The minutes between two checks of all webhooks, at least 1.
   *
   * @defaultValue 30
   */
  readonly everyMinutes?: number | undefined
  /**
   * The hours for which a webhook that has passed a challenge is not challenged again.
   *
   * @defaultValue 24
   */
  readonly validForHours?: number | undefined
  /**
   * The hours after `validForHours` until a webhook that passes no challenge becomes invalid.
   *
   * @defaultValue 4
   */
  readonly graceHours?: number | undefined
}

/** The same in milliseconds. Without `everyMs`, X never challenges on its own. */
export interface CrcSchedule {
  readonly everyMs?: number
  readonly validForMs: number
  readonly graceMs: number
}

export function readCrcSchedule(options: false | CrcScheduleOptions = {}): CrcSchedule {
  if (options === false) return { validForMs: 24 * hourMs, graceMs: 4 * hourMs }
  assertKeys(options, ['everyMinutes', 'validForHours', 'graceHours'], 'crcSchedule')
  const { everyMinutes = 30, validForHours = 24, graceHours = 4 } = options
  assertNumber(everyMinutes, 'crcSchedule.everyMinutes', { min: 1 })
  assertNumber(validForHours, 'crcSchedule.validForHours')
  assertNumber(graceHours, 'crcSchedule.graceHours')
  return {
    everyMs: Math.round(everyMinutes * minuteMs),
    validForMs: Math.round(validForHours * hourMs),
    graceMs: Math.round(graceHours * hourMs),
  }
}
