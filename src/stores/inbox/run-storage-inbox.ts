import { assertFunction, assertInteger, assertObject } from '../../internal/assert.ts'
import { minuteMs } from '../../internal/clock.ts'
import { runLater } from '../../internal/timers.ts'
import { newRunId, unhandledItemsError } from './given-back.ts'
import { errorText, type HandleItem, handleInTime } from './handle-in-time.ts'
import type { InboxRun, InboxRunOptions } from './inbox.ts'
import type { TimedInboxSettings } from './inbox-options.ts'
import type { InboxStorage, StorageRun, TakenItem } from './inbox-storage.ts'

/** The settings of a run that its inbox decides. */
export interface RunSettings extends Pick<TimedInboxSettings, 'now' | 'sleep' | 'timeoutMs' | 'retentionMs'> {
  /** The longest time until a run looks for items that other processes have added, in milliseconds. */
  readonly pollMs: number
  /** How often a run records which items are in progress, in milliseconds. */
  readonly renewMs: number
}

/** A run of an inbox whose other runs may handle what this one gives back. */
export interface StorageInboxRunOptions extends InboxRunOptions {
  /** Called after an item was given back. */
  readonly onGivenBack: () => void
}

/** A run that can be woken to look for items. */
export interface StorageInboxRun extends InboxRun {
  readonly wake: () => void
  readonly offerAgain: () => void
}

/** How often items are removed that no process has a handler for. Each removal is one report. */
const removeEveryMs = minuteMs

/** Hands the items of a storage to a handler. It wakes when an item is added, becomes due or ends, and sleeps in between. */
export function runStorageInbox(
  storage: InboxStorage,
  handle: HandleItem,
  { concurrency, onError, onGivenBack }: StorageInboxRunOptions,
  settings: RunSettings,
): StorageInboxRun {
  const { now, sleep, timeoutMs, retentionMs, pollMs, renewMs } = settings
  const waiting = { sleep, onError }
  const keysInProgress = new Set<number>()
  let currentRun = { id: newRunId(), keysInProgress }
  let mayRemove = true
  const stopResolvers: (() => void)[] = []
  let isAwake = false
  let isStopping = false
  let cancelWake: (() => void) | undefined
  let cancelRenewal: (() => void) | undefined
  let cancelPause: (() => void) | undefined

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
    const hasSucceeded = reportErrors(takeDueItems) && reportErrors(removeUnhandled)
    if (keysInProgress.size >= concurrency) return
    // After an error, wait before the next attempt, so that it is not repeated in a tight loop.
    const wait = hasSucceeded ? (reportErrors(msUntilNextStep) ?? pollMs) : pollMs
    cancelWake = runLater(wake, Math.min(wait, pollMs), waiting)
  }

  const takeDueItems = (): true => {
    if (keysInProgress.size >= concurrency || msUntilDue() > 0) return true
    const taken = storage.take(concurrency - keysInProgress.size, currentRun)
    for (const { key } of taken) keysInProgress.add(key)
    for (const one of taken) void handleItem(one)
    renewLater()
    return true
  }

  const removeUnhandled = (): true => {
    if (!mayRemove || msUntil(storage.nextRemovalAt()) > 0) return true
    const ids = storage.removeUnhandled()
    mayRemove = false
    cancelPause = runLater(allowRemoval, removeEveryMs, waiting)
    if (ids.length > 0) onError(unhandledItemsError(ids, retentionMs))
    return true
  }

  const allowRemoval = () => {
    mayRemove = true
    wake()
  }

  const msUntil = (at: number | undefined) => Math.max((at ?? Number.POSITIVE_INFINITY) - now(), 0)
  const msUntilDue = () => msUntil(storage.nextDueAt(currentRun))
  const msUntilNextStep = () =>
    Math.min(msUntilDue(), mayRemove ? msUntil(storage.nextRemovalAt()) : Number.POSITIVE_INFINITY)

  const handleItem = async (taken: TakenItem): Promise<void> => {
    // A handler that is added during the attempt has the item offered again.
    const run = currentRun
    const [result] = await Promise.allSettled([handleInTime(handle, taken.item, { timeoutMs, ...waiting })])
    reportErrors(() => {
      if (result.status === 'rejected') storage.fail(taken, errorText(result.reason))
      else if (result.value === 'no_handler') giveBack(taken, run)
      else storage.finish(taken)
    })
    keysInProgress.delete(taken.key)
    wake()
  }

  const giveBack = (taken: TakenItem, run: StorageRun) => {
    storage.giveBack(taken, run)
    onGivenBack()
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
    cancelPause?.()
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

  const offerAgain = () => {
    currentRun = { id: newRunId(), keysInProgress }
    wake()
  }

  wake()
  return { wake, stop, offerAgain }
}

/** @throws TypeError or RangeError when an argument of `run` is wrong. */
export function assertRunArguments(handle: HandleItem, options: InboxRunOptions): void {
  assertFunction(handle, 'handle')
  assertObject(options, 'options')
  assertInteger(options.concurrency, 'concurrency', { min: 1 })
  assertFunction(options.onError, 'onError')
}
