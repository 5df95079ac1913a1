import { busy, closing, type Verdict } from './answers.ts'

/** The deliveries under way. */
export interface Traffic {
  /** The answer to one more, where there is no room for it. */
  readonly refusal: () => Verdict | undefined
  /** Counts a delivery until its work has ended. */
  readonly track: (work: Promise<unknown>) => void
  /** Lets no more in; resolves when the last one has ended. */
  readonly close: () => Promise<void>
}

export function createTraffic(max: number): Traffic {
  let count = 0
  let isClosed = false
  const waiting: (() => void)[] = []

  const leave = () => {
    count -= 1
    if (count === 0) for (const resolve of waiting.splice(0)) resolve()
  }

  return {
    refusal: () => {
      if (isClosed) return closing
      return count >= max ? busy : undefined
    },
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
