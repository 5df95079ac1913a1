import { assertInteger } from '../../internal/assert.ts'
import { assertKeys } from './assert-options.ts'

/** How many records the emulator keeps. It keeps at most a tenth more than the given numbers. */
export interface LogLimitOptions {
  /**
   * The number of records that `x.deliveries` keeps at least, from 0 to 1,000,000.
   *
   * @defaultValue 10_000
   */
  readonly deliveries?: number | undefined
  /**
   * The number of records that `x.requests` keeps at least, from 0 to 1,000,000.
   *
   * @defaultValue 10_000
   */
  readonly requests?: number | undefined
}

export type LogLimits = { readonly [Name in keyof LogLimitOptions]-?: number }

const max = 1_000_000

export function readLogLimits(options: LogLimitOptions = {}): LogLimits {
  assertKeys(options, ['deliveries', 'requests'], 'logLimits')
  const { deliveries = 10_000, requests = 10_000 } = options
  assertInteger(deliveries, 'logLimits.deliveries', { max })
  assertInteger(requests, 'logLimits.requests', { max })
  return { deliveries, requests }
}
