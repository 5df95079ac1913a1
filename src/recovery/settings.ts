import {
  assertBoolean,
  assertFunction,
  assertId,
  assertInteger,
  assertMethods,
  assertObject,
  assertOneOf,
} from '../internal/assert.ts'
import { hourMs, minuteMs } from '../internal/clock.ts'
import { writeToConsole } from '../internal/console.ts'
import { longestTimer, resolveOnAbort, sleep as timer } from '../internal/timers.ts'
import { readOptions } from '../replay/check-replay-window.ts'
import type { RecoveryClient, RecoveryOptions } from './recovery.ts'
import type { RecoveryStep } from './recovery-step.ts'
import { readStepHandlers } from './step-handlers.ts'

type Present<T> = { readonly [Key in keyof T]-?: Exclude<T[Key], undefined> }

/** The options of a recovery, checked and with their defaults. */
export interface Settings
  extends Present<Omit<RecoveryOptions, 'client' | 'on' | 'endpoint' | 'onError' | 'marginMinutes'>> {
  readonly client: RecoveryClient
  readonly endpoint?: NonNullable<RecoveryOptions['endpoint']>
  readonly onError: (error: unknown) => unknown
  /** Calls the step handlers. */
  readonly emit: (step: RecoveryStep) => void
  readonly marginMs: number
  /** How far back X replays, in milliseconds. */
  readonly maxAgeMs: number
  /** The random id of this process in the store. */
  readonly processId: string
}

/**
 * Checks the options, and fills in the defaults.
 *
 * @throws TypeError or RangeError when an option is missing or wrong.
 */
export function readSettings(options: RecoveryOptions): Settings {
  assertObject(options, 'options')
  const { client, webhookId, receiver, store, endpoint, onError = writeToConsole } = options
  assertObject(client, 'client')
  assertMethods(client.webhooks, 'client.webhooks', ['list', 'validate'])
  assertMethods(client.replay, 'client.replay', ['create'])
  assertMethods(receiver, 'receiver', ['observe'])
  assertMethods(store, 'store', ['get', 'set'])
  assertId(webhookId, 'webhookId')
  assertFunction(onError, 'onError')
  if (endpoint !== undefined) assertOneOf(endpoint, ['account_activity', 'webhooks'], 'endpoint')
  return {
    client,
    webhookId,
    receiver,
    store,
    onError,
    emit: readStepHandlers(options.on),
    processId: crypto.randomUUID(),
    ...readLimits(options),
    ...readTimes(options),
    ...(endpoint !== undefined && { endpoint }),
  }
}

function readLimits(options: RecoveryOptions) {
  const { marginMinutes = 10, windowMinutes = 120, maxAttempts = 3, probe = false, role = 'receiver' } = options
  assertInteger(marginMinutes, 'marginMinutes', { max: 24 * 60 })
  assertInteger(windowMinutes, 'windowMinutes', { min: 1, max: 24 * 60 })
  assertInteger(maxAttempts, 'maxAttempts', { min: 1, max: 10 })
  assertBoolean(probe, 'probe')
  assertOneOf(role, ['receiver', 'worker'], 'role')
  return { marginMs: marginMinutes * minuteMs, windowMinutes, maxAttempts, probe, role }
}

function readTimes(options: RecoveryOptions) {
  const { heartbeatMs = 15_000, gapMs = 60_000, checkMs = 300_000 } = options
  const { jobTimeoutMs = 1_800_000, retryMs = 60_000, now = Date.now, sleep = timer } = options
  const { deliveryRetryMs = 300_000, inboxRetentionMs = 25 * hourMs, storeTimeoutMs = 10_000 } = options
  const ownTimes = { heartbeatMs, gapMs, checkMs, jobTimeoutMs, retryMs }
  const otherTimes = { deliveryRetryMs, inboxRetentionMs, storeTimeoutMs }
  for (const [name, value] of Object.entries({ ...ownTimes, ...otherTimes })) {
    assertInteger(value, name, { min: 1, max: longestTimer })
  }
  if (gapMs <= heartbeatMs) throw new RangeError('"gapMs" must be longer than "heartbeatMs"')
  assertFunction(now, 'now')
  assertFunction(sleep, 'sleep')
  const { rules } = readOptions({ now: 0, ...(options.rules !== undefined && { rules: options.rules }) })
  const maxAgeMs = rules.maxAgeMinutes * minuteMs
  return { ...ownTimes, ...otherTimes, now, sleep: resolveOnAbort(sleep), rules, maxAgeMs }
}
