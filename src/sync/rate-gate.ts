import { sleepUntil, type Time } from '../internal/timers.ts'

/** Holds all calls back while a rate limit of X is used up. */
export interface RateGate {
  /**
   * Resolves when calls may be made.
   *
   * @throws the reason of `signal` when it aborts.
   */
  readonly pass: (signal: AbortSignal) => Promise<void>
  /** Closes the gate until a time in milliseconds since 1970. A gate that is closed for longer stays so. */
  readonly closeUntil: (time: number) => void
}

export function createRateGate(time: Time): RateGate {
  let closedUntil = Number.NEGATIVE_INFINITY
  return {
    async pass(signal) {
      // Another call may close it again during the wait.
      while (closedUntil > time.now()) await sleepUntil(closedUntil, time, signal)
      signal.throwIfAborted()
    },
    closeUntil: (until) => {
      closedUntil = Math.max(closedUntil, until)
    },
  }
}
