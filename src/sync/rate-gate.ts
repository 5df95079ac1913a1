import { pauseUntil, type Time } from '../internal/timers.ts'

/** Holds up everybody while X's rate limit is used up. */
export interface RateGate {
  /** Resolves when it is open. */
  readonly pass: (signal: AbortSignal) => Promise<void>
  readonly closeUntil: (time: number) => void
}

export function createRateGate(time: Time): RateGate {
  let closedUntil = Number.NEGATIVE_INFINITY
  return {
    async pass(signal) {
      // It may be closed for longer while somebody waits.
      while (closedUntil > time.now()) await pauseUntil(closedUntil, time, signal)
      signal.throwIfAborted()
    },
    closeUntil: (until) => {
      closedUntil = Math.max(closedUntil, until)
    },
  }
}
