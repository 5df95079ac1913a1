import type { Clock } from '../internal/clock.ts'

/** How long some handlers have. */
export interface TimeLimit {
  readonly deadline: Date
  /** Why the time is over, when it is: a `TimeoutError`, or what it was ended with. */
  readonly reason: () => unknown
  /** Fires when it is over. */
  readonly signal: () => AbortSignal
  /** It is over now. */
  readonly end: (reason: unknown) => void
  /** The handlers have ended: it is never over any more. */
  readonly stop: () => void
}

/** The time limits that run at present. */
export interface TimeLimits {
  readonly start: (ms: number, onOver: (reason: unknown) => void) => TimeLimit
  /** All of them are over now. */
  readonly endAll: (reason: unknown) => void
}

export function createTimeLimits(now: Clock): TimeLimits {
  const running = new Set<TimeLimit>()

  const start: TimeLimits['start'] = (ms, onOver) => {
    // Most handlers never look at their signal, and it is dear to make.
    let controller: AbortController | undefined
    let over: unknown

    const end = (reason: unknown) => {
      if (over !== undefined) return
      over = reason
      clearTimeout(timer)
      controller?.abort(reason)
      onOver(reason)
    }
    const timer = setTimeout(() => end(new DOMException(`Not finished within ${ms} ms`, 'TimeoutError')), ms)

    const limit: TimeLimit = {
      deadline: new Date(now() + ms),
      reason: () => over,
      signal: () => {
        controller ??= new AbortController()
        if (over !== undefined) controller.abort(over)
        return controller.signal
      },
      end,
      stop: () => {
        clearTimeout(timer)
        running.delete(limit)
      },
    }
    running.add(limit)
    return limit
  }

  const endAll = (reason: unknown) => {
    for (const limit of running) limit.end(reason)
  }
  return { start, endAll }
}
