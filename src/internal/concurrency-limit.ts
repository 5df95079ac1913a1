import type { Clock } from './clock.ts'

/** Counts the work that is running, up to a limit. */
export interface ConcurrencyLimit {
  /** The number of work that may run at the same time. */
  readonly limit: number
  /** The number of work that is running. */
  readonly running: () => number
  /**
   * Since when the limit is reached, and none of the work has ended: milliseconds since 1970. `undefined` while it is not
   * reached.
   */
  readonly fullSince: () => number | undefined
  /** Whether the limit is reached. */
  readonly isFull: () => boolean
  /** Whether `close` was called. */
  readonly isClosed: () => boolean
  /** Counts work until it has ended. */
  readonly track: (work: Promise<unknown>) => void
  /** Closes the limit for good. Resolves when all work has ended. */
  readonly close: () => Promise<void>
}

export function createConcurrencyLimit(max: number, now: Clock): ConcurrencyLimit {
  let count = 0
  let fullSince: number | undefined
  let isClosed = false
  const waiting: (() => void)[] = []

  const leave = () => {
    count -= 1
    fullSince = count >= max ? now() : undefined
    if (count === 0) for (const resolve of waiting.splice(0)) resolve()
  }

  return {
    limit: max,
    running: () => count,
    fullSince: () => fullSince,
    isFull: () => count >= max,
    isClosed: () => isClosed,
    track: (work) => {
      count += 1
      if (count >= max) fullSince ??= now()
      work.then(leave, leave)
    },
    close: () => {
      isClosed = true
      return count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))
    },
  }
}
