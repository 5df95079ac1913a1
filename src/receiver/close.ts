import { assertInteger } from '../internal/assert.ts'
import { longestTimer } from '../internal/timers.ts'
import type { Traffic } from './concurrency-limit.ts'
import type { Work } from './handling/process-inbox.ts'
import type { TimeLimits } from './handling/time-limit.ts'
import type { CloseOptions, Receiver } from './receiver.ts'

/** What is closed. */
export interface Closing {
  readonly traffic: Traffic
  readonly work: Work | undefined
  readonly limits: TimeLimits
}

/** Lets nothing in any more, and waits until what is inside has ended, or as long as it may. */
export function createClose({ traffic, work, limits }: Closing): Receiver['close'] {
  return async ({ timeoutMs = 10_000 }: CloseOptions = {}) => {
    assertInteger(timeoutMs, 'timeoutMs', { max: longestTimer })
    const drained = Promise.all([traffic.close(), work?.stop()])
    return new Promise((resolve) => {
      const giveUp = () => {
        limits.endAll(new DOMException('The receiver is closing', 'AbortError'))
        resolve(false)
      }
      const timer = setTimeout(giveUp, timeoutMs)
      void drained.then(() => {
        clearTimeout(timer)
        resolve(true)
      })
    })
  }
}
