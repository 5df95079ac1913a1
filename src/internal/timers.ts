import type { Clock } from './clock.ts'

/** The longest delay that `setTimeout` accepts, in milliseconds. A longer one fires immediately. */
export const longestTimer = 2 ** 31 - 1

/**
 * Waits: resolves after `ms` milliseconds, or as soon as `signal` aborts. Rejecting when `signal` aborts, as `setTimeout`
 * of `node:timers/promises` does, is also correct.
 */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/** A {@link Sleep} with a timer of the runtime. It leaves no timer and no listener when it resolves. */
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

/** A clock, and a way to wait that agrees with it. */
export interface Time {
  readonly now: Clock
  readonly sleep: Sleep
}

/** A sleep that resolves when its signal aborts, even if the given one rejects. Its other errors are passed on. */
export function resolveOnAbort(sleep: Sleep): Sleep {
  return async (ms, signal) => {
    try {
      await sleep(ms, signal)
    } catch (error) {
      if (!signal?.aborted) throw error
    }
  }
}

/**
 * Waits until a point in time, given in milliseconds since 1970. Returns immediately when that is in the past.
 *
 * @throws the reason of `signal` when it aborts.
 */
export async function sleepUntil(until: number, { now, sleep }: Time, signal: AbortSignal): Promise<void> {
  for (let remaining = until - now(); remaining > 0; remaining = until - now()) {
    await sleep(Math.min(remaining, longestTimer), signal)
    signal.throwIfAborted()
  }
  signal.throwIfAborted()
}

/**
 * The value of a promise, or `undefined` when it does not resolve within `ms` milliseconds.
 *
 * @throws the reason of `signal` when it aborts.
 */
export async function withTimeout<T>(
  promise: Promise<T>,
  ms: number,
  { sleep }: Time,
  signal: AbortSignal,
): Promise<T | undefined> {
  const timer = new AbortController()
  const timeout = sleep(ms, AbortSignal.any([signal, timer.signal])).then(() => undefined)
  try {
    const value = await Promise.race([promise, timeout])
    signal.throwIfAborted()
    return value
  } finally {
    timer.abort()
  }
}

/** How {@link runLater} waits, and what it does with errors. */
export interface RunLaterOptions {
  readonly sleep: Sleep
  /** Called with what `sleep` rejects with, and with what the function throws. */
  readonly onError: (error: unknown) => void
}

/**
 * Calls a function after `ms` milliseconds, or after {@link longestTimer} if that is earlier.
 *
 * @returns A function that cancels the call.
 */
export function runLater(run: () => void, ms: number, options: RunLaterOptions): () => void {
  const delay = Math.min(ms, longestTimer)
  return options.sleep === sleep ? runWithTimer(run, delay, options) : runAfterSleep(run, delay, options)
}

function runAfterSleep(run: () => void, ms: number, { sleep, onError }: RunLaterOptions): () => void {
  const cancelled = new AbortController()
  const { signal } = cancelled
  const wait = async () => {
    await sleep(ms, signal)
    if (!signal.aborted) run()
  }
  wait().catch((error) => {
    if (!signal.aborted) onError(error)
  })
  return () => cancelled.abort()
}

/** The fast way for the default sleep: a signal for each timer takes several times as long as an attempt of an inbox. */
function runWithTimer(run: () => void, ms: number, { onError }: RunLaterOptions): () => void {
  const timer = setTimeout(() => {
    try {
      run()
    } catch (error) {
      onError(error)
    }
  }, ms)
  return () => clearTimeout(timer)
}

/**
 * What a promise settles to, or an error when it does not settle within `ms` milliseconds. Leaves no timer behind.
 *
 * @throws what `timeoutError` returns.
 */
export async function settleWithin<T>(promise: T | PromiseLike<T>, ms: number, timeoutError: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timeoutError()), ms)
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}
