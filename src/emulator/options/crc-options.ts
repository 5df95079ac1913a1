import { assertKeys, assertNumber } from './assert-options.ts'

/** When X challenges webhooks by itself. */
export interface CrcScheduleOptions {
  /** Minutes from one look at all webhooks to the next: 30 unless given. */
  readonly everyMinutes?: number
  /** Hours for which a webhook that has passed is left alone: 24 unless given. */
  readonly validForHours?: number
  /** Hours beyond those after which a webhook that does not pass any more is invalid: 4 unless given. */
  readonly graceHours?: number
}

/** The same in milliseconds; `everyMs` is missing where X never challenges by itself. */
export interface CrcSchedule {
  readonly everyMs?: number
  readonly validForMs: number
  readonly graceMs: number
}

const minute = 60_000
const hour = 60 * minute

export function readCrcSchedule(options: false | CrcScheduleOptions = {}): CrcSchedule {
  if (options === false) return { validForMs: 24 * hour, graceMs: 4 * hour }
  assertKeys(options, ['everyMinutes', 'validForHours', 'graceHours'], 'crcSchedule')
  const { everyMinutes = 30, validForHours = 24, graceHours = 4 } = options
  assertNumber(everyMinutes, 'crcSchedule.everyMinutes', { min: 1 })
  assertNumber(validForHours, 'crcSchedule.validForHours')
  assertNumber(graceHours, 'crcSchedule.graceHours')
  return {
    everyMs: Math.round(everyMinutes * minute),
    validForMs: Math.round(validForHours * hour),
    graceMs: Math.round(graceHours * hour),
  }
}
