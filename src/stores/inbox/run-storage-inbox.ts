import { assertFunction, assertInteger, assertObject } from '../../internal/assert.ts'
import type { Awaitable } from '../../internal/awaitable.ts'
import { minuteMs } from '../../internal/clock.ts'
import { notify } from '../../internal/emit.ts'
import { resolveOnAbort, runLater } from '../../internal/timers.ts'
import { leaseLostError } from '../lease.ts'
import { newRunId, unhandledItemsError } from './given-back.ts'
import {
  type AttemptLimits,
  errorText,
  type HandleItem,
  handleInTime,
  type OtherOutcome,
  postponeMs,
} from './handle-in-time.ts'
import type { InboxItem, InboxRun, InboxRunOptions } from './inbox.ts'
import type { TimedInboxSettings } from './inbox-options.ts'
import { diedDuringLastAttempt, type InboxStorage, type StorageRun, type TakenItem } from './inbox-storage.ts'

/** The settings of a run that its inbox decides. */
export interface RunSettings
  extends Pick<TimedInboxSettings, 'now' | 'sleep' | 'maxAttempts' | 'timeoutMs' | 'retentionMs'> {
  /** The longest time until a run looks for items that other processes have added, in milliseconds. */
  readonly pollMs: number
  /** How often a run renews the leases of its items in progress, in milliseconds: a third of the time that they last. */
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

/** An item whose end is not recorded. */
interface Attempt {
  readonly taken: TakenItem
  readonly controller: AbortController
  renewedAt: number
  hasLease: boolean
}

/** How often items are removed that no process has a handler for. Each removal is one report. */
const removeEveryMs = minuteMs

/** The wait before the end of an attempt is recorded again, in milliseconds: four times as long after each failure. */
const recordDelay = (failures: number) => Math.min(250 * 4 ** failures, minuteMs)

/** Hands the items of a storage to a handler. It wakes when an item is added, becomes due or ends, and sleeps in between. */
export function runStorageInbox(
  storage: InboxStorage,
  handle: HandleItem,
  { concurrency, onError, onDeadLetter, onGivenBack }: StorageInboxRunOptions,
  settings: RunSettings,
): StorageInboxRun {
  const { now, sleep, maxAttempts, timeoutMs, retentionMs, pollMs, renewMs } = settings
  const waiting = { sleep, onError }
  /** The items that were taken and whose end is not recorded. They are not taken again. */
  const keysInProgress = new Set<number>()
  const attemptsInProgress = new Map<number, Attempt>()
  const stopping = new AbortController()
  const stopResolvers: (() => void)[] = []
  let currentRun = { id: newRunId(), keysInProgress }
  let attempts = 0
  let mayRemove = true
  let isAwake = false
  let isTaking = false
  let isWokenAgain = false
  let cancelWake: (() => void) | undefined
  let cancelRenewal: (() => void) | undefined
  let cancelPause: (() => void) | undefined

  /** Acts in a microtask: after the caller of `add` is done, and once for items that are added or end together. */
  const wake = () => {
    if (isAwake) return
    isAwake = true
    queueMicrotask(step)
  }

  /** Steps run one at a time. */
  const step = async () => {
    isAwake = false
    isWokenAgain = isTaking
    if (isTaking) return
    isTaking = true
    cancelWake?.()
    if (stopping.signal.aborted) resolveStopWhenIdle()
    else await takeAndSleep()
    isTaking = false
    if (isWokenAgain) wake()
  }

  const takeAndSleep = async () => {
    const hasSucceeded = (await succeeds(takeDueItems)) && (await succeeds(removeUnhandled))
    if (attempts >= concurrency) return
    // After an error, wait before the next attempt, so that it is not repeated in a tight loop.
    const wait = hasSucceeded ? await msUntilNextStep().catch(reportAndPoll) : pollMs
    cancelWake = runLater(wake, Math.min(wait, pollMs), waiting)
  }

  const takeDueItems = async () => {
    if (attempts >= concurrency || (await msUntilDue()) > 0) return
    const taken = await storage.take(concurrency - attempts, currentRun)
    for (const { key } of taken) keysInProgress.add(key)
    for (const one of taken) void handleItem(one)
    renewLater()
  }

  const removeUnhandled = async () => {
    if (!mayRemove || msUntil(await storage.nextRemovalAt()) > 0) return
    const ids = await storage.removeUnhandled()
    mayRemove = false
    cancelPause = runLater(allowRemoval, removeEveryMs, waiting)
    if (ids.length > 0) onError(unhandledItemsError(ids, retentionMs))
  }

  const allowRemoval = () => {
    mayRemove = true
    wake()
  }

  const msUntil = (at: number | undefined) => Math.max((at ?? Number.POSITIVE_INFINITY) - now(), 0)
  const msUntilDue = async () => msUntil(await storage.nextDueAt(currentRun))
  const msUntilNextStep = async () => {
    const untilDue = await msUntilDue()
    return mayRemove ? Math.min(untilDue, msUntil(await storage.nextRemovalAt())) : untilDue
  }

  const handleItem = async (taken: TakenItem): Promise<void> => {
    // A handler that is added during the attempt has the item offered again.
    const run = currentRun
    attempts += 1
    const attempt: Attempt = { taken, controller: new AbortController(), renewedAt: now(), hasLease: true }
    attemptsInProgress.set(taken.key, attempt)
    const limits = { timeoutMs, controller: attempt.controller, ...waiting }
    const [result] = await Promise.allSettled([attemptInTime(taken.item, limits)])
    const record = () => recordEnd(attempt, run, result)
    const isRecorded = await succeeds(record)
    attempts -= 1
    if (!isRecorded) {
      wake()
      await recordLater(record)
    }
    keysInProgress.delete(taken.key)
    attemptsInProgress.delete(taken.key)
    wake()
  }

  /** @throws what the handler rejects with, or an Error when a crash ended the last attempt. */
  const attemptInTime = async (item: InboxItem, limits: AttemptLimits): Promise<OtherOutcome | undefined> => {
    if (item.attempt > maxAttempts) throw new Error(diedDuringLastAttempt)
    return handleInTime(handle, item, limits)
  }

  const recordFailure = async (taken: TakenItem, error: string): Promise<void> => {
    const isDead = await storage.fail(taken, error)
    if (!isDead) return
    const { attempt, lease, ...item } = taken.item
    notify(onDeadLetter, { ...item, attempts: Math.min(attempt, maxAttempts), failedAt: now(), error })
  }

  const recordEnd = async (
    attempt: Attempt,
    run: StorageRun,
    result: PromiseSettledResult<OtherOutcome | undefined>,
  ): Promise<void> => {
    const { taken } = attempt
    if (result.status === 'rejected') return recordFailure(taken, errorText(result.reason))
    if (result.value === 'in_progress') return storage.postpone(taken, postponeMs)
    if (result.value === 'no_handler') {
      await storage.giveBack(taken, run)
      return onGivenBack()
    }
    const isRecorded = await storage.finish(taken)
    if (!isRecorded && attempt.hasLease) onError(leaseLostError())
  }

  /** The attempt must not be made again because its end could not be recorded, so that is tried until it succeeds. */
  const recordLater = async (record: () => Promise<void>): Promise<void> => {
    for (let failures = 0; ; failures += 1) {
      const hasSlept = await succeeds(() => resolveOnAbort(sleep)(recordDelay(failures), stopping.signal))
      const isLast = !hasSlept || stopping.signal.aborted
      if ((await succeeds(record)) || isLast) return
    }
  }

  const renewLater = () => {
    if (storage.renew === undefined || cancelRenewal !== undefined || keysInProgress.size === 0) return
    const renew = async () => {
      await renewLeases()
      cancelRenewal = undefined
      renewLater()
    }
    cancelRenewal = runLater(() => void renew(), renewMs, waiting)
  }

  const renewLeases = async () => {
    const held = [...attemptsInProgress.values()].filter(({ hasLease }) => hasLease)
    if (held.length === 0) return
    const startedAt = now()
    const lost = new Set<number>()
    const isRenewed = await succeeds(async () => {
      for (const key of (await storage.renew?.(held.map(({ taken }) => taken))) ?? []) lost.add(key)
    })
    for (const attempt of held) {
      if (isRenewed && !lost.has(attempt.taken.key)) attempt.renewedAt = startedAt
      // A storage that fails: another process may take the items when the time of their leases is over.
      else if (isRenewed || now() - attempt.renewedAt >= renewMs * 3) loseLease(attempt)
    }
  }

  /** An attempt whose end is being recorded may have no lease any more, and needs none. */
  const loseLease = (attempt: Attempt) => {
    attempt.hasLease = false
    attempt.controller.abort(leaseLostError())
  }

  const resolveStopWhenIdle = () => {
    if (keysInProgress.size > 0) return
    cancelRenewal?.()
    cancelPause?.()
    for (const resolve of stopResolvers.splice(0)) resolve()
  }

  /** Reports the error of a step. Resolves to whether there was none. */
  const succeeds = async (step: () => Awaitable<unknown>): Promise<boolean> => {
    try {
      await step()
      return true
    } catch (error) {
      onError(error)
      return false
    }
  }

  const reportAndPoll = (error: unknown) => {
    onError(error)
    return pollMs
  }

  const stop = () =>
    new Promise<void>((resolve) => {
      stopping.abort()
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
  if (options.onDeadLetter !== undefined) assertFunction(options.onDeadLetter, 'onDeadLetter')
}
