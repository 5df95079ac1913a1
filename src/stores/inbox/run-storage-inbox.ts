import { assertFunction, assertInteger, assertObject } from '../../internal/assert.ts'
import { runLater } from '../../internal/timers.ts'
import { errorText, type HandleItem, handleInTime } from './handle-in-time.ts'
import type { InboxRun, InboxRunOptions } from './inbox.ts'
import type { TimedInboxSettings } from './inbox-options.ts'
import type { InboxStorage, TakenItem } from './inbox-storage.ts'

/** The settings of a run that its inbox decides. */
export interface RunSettings extends Pick<TimedInboxSettings, 'now' | 'sleep' | 'timeoutMs'> {
  /** The longest time until a run looks for items that other processes have added, in milliseconds. */
  readonly pollMs: number
  /** How often a run records which items are in progress, in milliseconds. */
  readonly renewMs: number
}

/** A run that can be woken to look for items. */
export interface StorageInboxRun extends InboxRun {
  readonly wake: () => void
}

/** Hands the items of a storage to a handler. It wakes when an item is added, becomes due or ends, and sleeps in between. */
export function runStorageInbox(
  storage: InboxStorage,
  handle: HandleItem,
  { concurrency, onError }: InboxRunOptions,
  settings: RunSettings,
): StorageInboxRun {
  const { now, sleep, timeoutMs, pollMs, renewMs } = settings
  const waiting = { sleep, onError }
  const keysInProgress = new Set<number>()
  const stopResolvers: (() => void)[] = []
  let isAwake = false
  let isStopping = false
  let cancelWake: (() => void) | undefined
  let cancelRenewal: (() => void) | undefined

  /** Acts in a microtask: after the caller of `add` is done, and once for items that are added or end together. */
  const wake = () => {
    if (isAwake) return
    isAwake = true
    queueMicrotask(() => {
      isAwake = false
      cancelWake?.()
      if (isStopping) resolveStopWhenIdle()
      else takeAndSleep()
    })
  }

  const takeAndSleep = () => {
    const hasSucceeded = reportErrors(takeDueItems)
    if (keysInProgress.size >= concurrency) return
    // After an error, wait before the next attempt, so that it is not repeated in a tight loop.
    const wait = hasSucceeded ? (reportErrors(msUntilDue) ?? pollMs) : pollMs
    cancelWake = runLater(wake, Math.min(wait, pollMs), waiting)
  }

  const takeDueItems = (): true => {
    if (keysInProgress.size >= concurrency || msUntilDue() > 0) return true
    const taken = storage.take(concurrency - keysInProgress.size, keysInProgress)
    for (const { key } of taken) keysInProgress.add(key)
    for (const one of taken) void handleItem(one)
    renewLater()
    return true
  }

  const msUntilDue = () => Math.max((storage.nextDueAt(keysInProgress) ?? Number.POSITIVE_INFINITY) - now(), 0)

  const handleItem = async (taken: TakenItem): Promise<void> => {
    const [result] = await Promise.allSettled([handleInTime(handle, taken.item, { timeoutMs, ...waiting })])
    reportErrors(() => {
      if (result.status === 'fulfilled') storage.finish(taken)
      else storage.fail(taken, errorText(result.reason))
    })
    keysInProgress.delete(taken.key)
    wake()
  }

  const renewLater = () => {
    if (storage.renew === undefined || cancelRenewal !== undefined || keysInProgress.size === 0) return
    const renew = () => {
      cancelRenewal = undefined
      if (keysInProgress.size > 0) reportErrors(() => storage.renew?.(keysInProgress))
      renewLater()
    }
    cancelRenewal = runLater(renew, renewMs, waiting)
  }

  const resolveStopWhenIdle = () => {
    if (keysInProgress.size > 0) return
    cancelRenewal?.()
    for (const resolve of stopResolvers.splice(0)) resolve()
  }

  const reportErrors = <T>(step: () => T): T | undefined => {
    try {
      return step()
    } catch (error) {
      onError(error)
      return undefined
    }
  }

  const stop = () =>
    new Promise<void>((resolve) => {
      isStopping = true
      stopResolvers.push(resolve)
      wake()
    })

  wake()
  return { wake, stop }
}

/** @throws TypeError or RangeError when an argument of `run` is wrong. */
export function assertRunArguments(handle: HandleItem, options: InboxRunOptions): void {
  assertFunction(handle, 'handle')
  assertObject(options, 'options')
  assertInteger(options.concurrency, 'concurrency', { min: 1 })
  assertFunction(options.onError, 'onError')
}
