import type { Clock } from '../../internal/clock.ts'

/** How long some handlers have. */
export interface TimeLimit {
  readonly deadline: Date
  /** Why the time is over, when it is: a `TimeoutError`, or what it was ended with. */
  reason(): unknown
  /** Fires when it is over. */
  signal(): AbortSignal
  /** From now on the clock is watched. */
  watch(): void
  /** It is over now. */
  end(reason: unknown): void
  /** The handlers have ended: it is never over any more. */
  stop(): void
}

/** How a time limit is set. */
export interface TimeLimitOptions {
  /** How long the time is, in milliseconds. */
  readonly ms: number
  /** When it began: milliseconds since 1970. */
  readonly startedAt: number
  readonly onOver: (reason: unknown) => void
}

/** The time limits of a receiver. */
export interface TimeLimits {
  readonly create: (options: TimeLimitOptions) => TimeLimit
  /** All that are watched are over now. */
  readonly endAll: (reason: unknown) => void
}

export function createTimeLimits(now: Clock): TimeLimits {
  const watched = new Set<TimeLimit>()

  const create: TimeLimits['create'] = ({ ms, startedAt, onOver }) => {
    const endsAt = startedAt + ms
    // Most handlers never look at their signal, and it is dear to make.
    let controller: AbortController | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let over: unknown

    const limit: TimeLimit = {
      deadline: new Date(endsAt),
      reason: () => over,
      signal: () => {
        controller ??= new AbortController()
        if (over !== undefined) controller.abort(over)
        return controller.signal
      },
      watch: () => {
        if (over !== undefined) return
        watched.add(limit)
        const tooSlow = () => limit.end(new DOMException(`Not finished within ${ms} ms`, 'TimeoutError'))
        timer = setTimeout(tooSlow, Math.min(Math.max(endsAt - now(), 0), ms))
      },
      end: (reason) => {
        if (over !== undefined) return
        over = reason
        clearTimeout(timer)
        controller?.abort(reason)
        onOver(reason)
      },
      stop: () => {
        clearTimeout(timer)
        watched.delete(limit)
      },
    }
    return limit
  }

  const endAll = (reason: unknown) => {
    for (const limit of watched) limit.end(reason)
  }
  return { create, endAll }
}
