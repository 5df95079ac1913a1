/** Counts the work that is running, up to a limit. */
export interface ConcurrencyLimit {
  /** Whether the limit is reached. */
  readonly isFull: () => boolean
  /** Whether `close` was called. */
  readonly isClosed: () => boolean
  /** Counts work until it has ended. */
  readonly track: (work: Promise<unknown>) => void
  /** Closes the limit for good. Resolves when all work has ended. */
  readonly close: () => Promise<void>
}

export function createConcurrencyLimit(max: number): ConcurrencyLimit {
  let count = 0
  let isClosed = false
  const waiting: (() => void)[] = []

  const leave = () => {
    count -= 1
    if (count === 0) for (const resolve of waiting.splice(0)) resolve()
  }

  return {
    isFull: () => count >= max,
    isClosed: () => isClosed,
    track: (work) => {
      count += 1
      work.then(leave, leave)
    },
    close: () => {
      isClosed = true
      return count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))
    },
  }
}
