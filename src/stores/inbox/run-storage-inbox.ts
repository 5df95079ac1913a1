import { assertFunction, assertInteger, assertObject } from '../../internal/assert.ts'
import { errorText, type HandleItem, handleInTime } from './handle-in-time.ts'
import type { InboxRun, InboxRunOptions } from './inbox.ts'
import type { TimedInboxSettings } from './inbox-options.ts'
import type { InboxStorage, TakenItem } from './inbox-storage.ts'

/** What a run needs to know beside what it is asked for. */
export interface RunSettings extends Pick<TimedInboxSettings, 'now' | 'schedule' | 'timeoutMs'> {
  /** How often, at least, a run looks for what other processes have added. */
  readonly pollMs: number
  /** How often it says what is under way. */
  readonly renewMs: number
}

/** A run that can be told that something was added. */
export interface StorageInboxRun extends InboxRun {
  readonly wake: () => void
}

/** Hands out what is on a shelf: wakes when something is added, is due or ends, and sleeps in between. */
export function runStorageInbox(
  shelf: InboxStorage,
  handle: HandleItem,
  { concurrency, onError }: InboxRunOptions,
  settings: RunSettings,
): StorageInboxRun {
  const { now, schedule, pollMs, renewMs } = settings
  const underWay = new Set<number>()
  const whenEnded: (() => void)[] = []
  let isAwake = false
  let isStopping = false
  let cancelWake: (() => void) | undefined
  let cancelRenewal: (() => void) | undefined

  /** In a moment, so that the adder is done first, and what ends or is added together is looked at once. */
  const wake = () => {
    if (isAwake) return
    isAwake = true
    queueMicrotask(() => {
      isAwake = false
      cancelWake?.()
      if (isStopping) endWhenIdle()
      else takeAndSleep()
    })
  }

  const takeAndSleep = () => {
    const isTaken = attempt(takeWhatIsDue)
    if (underWay.size >= concurrency) return
    // What fails now is not tried again in the same instant, and again.
    const wait = isTaken ? (attempt(dueIn) ?? pollMs) : pollMs
    cancelWake = schedule(wake, Math.min(wait, pollMs))
  }

  const takeWhatIsDue = (): true => {
    if (underWay.size >= concurrency || dueIn() > 0) return true
    const taken = shelf.take(concurrency - underWay.size, underWay)
    for (const { key } of taken) underWay.add(key)
    for (const one of taken) void work(one)
    renewLater()
    return true
  }

  const dueIn = () => Math.max((shelf.nextDueAt(underWay) ?? Number.POSITIVE_INFINITY) - now(), 0)

  const work = async (taken: TakenItem): Promise<void> => {
    const [end] = await Promise.allSettled([handleInTime(handle, taken.item, settings)])
    attempt(() => (end.status === 'fulfilled' ? shelf.finish(taken) : shelf.fail(taken, errorText(end.reason))))
    underWay.delete(taken.key)
    wake()
  }

  const renewLater = () => {
    if (shelf.renew === undefined || cancelRenewal !== undefined || underWay.size === 0) return
    cancelRenewal = schedule(() => {
      cancelRenewal = undefined
      if (underWay.size > 0) attempt(() => shelf.renew?.(underWay))
      renewLater()
    }, renewMs)
  }

  const endWhenIdle = () => {
    if (underWay.size > 0) return
    cancelRenewal?.()
    for (const resolve of whenEnded.splice(0)) resolve()
  }

  const attempt = <T>(step: () => T): T | undefined => {
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
      whenEnded.push(resolve)
      wake()
    })

  wake()
  return { wake, stop }
}

/** Checks what the `run` of an inbox is given. */
export function assertRun(handle: HandleItem, options: InboxRunOptions): void {
  assertFunction(handle, 'handle')
  assertObject(options, 'options')
  assertInteger(options.concurrency, 'concurrency', { min: 1 })
  assertFunction(options.onError, 'onError')
}
