import { minuteMs } from '../../internal/clock.ts'
import { sleepUntil, type Time } from '../../internal/timers.ts'

/** Holds all calls back while a limit of X is used up, so that it is waited for once and not once per call. */
export interface RateGate {
  /**
   * Resolves when calls may be made, with the number of times that the gate was closed. Pass it to `refused`.
   *
   * @throws the reason of `signal` when it aborts.
   */
  readonly pass: (signal: AbortSignal) => Promise<number>
  /**
   * Closes the gate after X refused a call, until the time that X sent, if any.
   *
   * @returns `false` if waiting does not help: the limit resets too late, or X refused after every wait.
   */
  readonly refused: (passedAt: number, retryAt: Date | undefined) => boolean
  /** Call it after X accepted a call. */
  readonly accepted: () => void
}

/**
 * The waits after calls that X refused without a time: together they are longer than a window of 15 minutes. The last
 * one is also the number of windows that are waited for.
 */
const waitsWithoutTime = [1, 2, 4, 8, 15].map((minutes) => minutes * minuteMs)

/** The longest limit of X that resets has 24 hours. */
const longestWaitMs = 25 * 60 * minuteMs

export function createRateGate(time: Time): RateGate {
  let closedUntil = Number.NEGATIVE_INFINITY
  let closings = 0
  /** How often the gate was closed since X last accepted a call. */
  let refusals = 0
  return {
    async pass(signal) {
      // Another call may close it again during the wait.
      while (closedUntil > time.now()) await sleepUntil(closedUntil, time, signal)
      signal.throwIfAborted()
      return closings
    },
    refused(passedAt, retryAt) {
      const until = retryAt?.getTime()
      if (until !== undefined && until - time.now() > longestWaitMs) return false
      // Several calls are in progress when the limit is used up. Only the first refusal closes the gate.
      if (passedAt === closings) {
        const wait = waitsWithoutTime[refusals]
        if (wait === undefined) return false
        refusals += 1
        closings += 1
        closedUntil = until ?? time.now() + wait
      } else if (until !== undefined) {
        closedUntil = Math.max(closedUntil, until)
      }
      return true
    },
    accepted() {
      refusals = 0
    },
  }
}
