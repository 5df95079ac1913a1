import type { Clock } from './clock.ts'

/** Runs something later; returns a function that calls it off. */
export type Schedule = (run: () => void, delayMs: number) => () => void

/** The longest delay that `setTimeout` takes, in milliseconds. A longer one fires at once. */
export const longestTimer = 2 ** 31 - 1

/** By a timer of the runtime, which keeps a process alive as other timers do. */
export const schedule: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, Math.min(delayMs, longestTimer))
  return () => clearTimeout(timer)
}

/** Waits `ms` milliseconds, or less when `signal` fires; its timer and its listener are gone afterwards. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

export const sleep: Sleep = (ms, signal) =>
  new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    if (signal?.aborted) wake()
    else signal?.addEventListener('abort', wake, { once: true })
  })

/** How time passes. */
export interface Time {
  readonly now: Clock
  readonly sleep: Sleep
}

/** A sleep that ends when its signal fires, also where the one given rejects then, as that of `node:timers/promises`. */
export function endsOnAbort(sleep: Sleep): Sleep {
  return async (ms, signal) => {
    try {
      await sleep(ms, signal)
    } catch (error) {
      if (!signal?.aborted) throw error
    }
  }
}

/**
 * Waits until a point in time; returns at once when it is past.
 *
 * @throws the reason of `signal` when it fires.
 */
export async function pauseUntil(until: number, { now, sleep }: Time, signal: AbortSignal): Promise<void> {
  for (let left = until - now(); left > 0; left = until - now()) {
    await sleep(Math.min(left, longestTimer), signal)
    signal.throwIfAborted()
  }
  signal.throwIfAborted()
}

/**
 * What an event tells, `undefined` when it does not come within `ms` milliseconds.
 *
 * @throws the reason of `signal` when it fires.
 */
export async function waitForEvent<T>(
  ms: number,
  event: Promise<T>,
  { sleep }: Time,
  signal: AbortSignal,
): Promise<T | undefined> {
  const timer = new AbortController()
  const late = sleep(ms, AbortSignal.any([signal, timer.signal])).then(() => undefined)
  try {
    const told = await Promise.race([event, late])
    signal.throwIfAborted()
    return told
  } finally {
    timer.abort()
  }
}
