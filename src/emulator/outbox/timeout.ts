import type { Clock } from '../../internal/clock.ts'

/** The receiver did not answer in time. */
export class ResponseTimeoutError extends Error {
  override readonly name = 'ResponseTimeoutError'

  constructor(ms: number) {
    super(`No answer within ${ms / 1000} seconds`)
  }
}

/**
 * The result of a task that ends within `ms` milliseconds. Both clocks count: a timer measures real time and aborts the
 * signal, and `now` is the injected clock, which a test moves by hand.
 *
 * @throws ResponseTimeoutError when the task does not end in time.
 */
export function withTimeout<T>(
  { ms, now }: { ms: number; now: Clock },
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const startedAt = now()
  const controller = new AbortController()
  // Every delivery runs through here. `Promise.race` and `finally` would create four more promises for each.
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new ResponseTimeoutError(ms))
      controller.abort()
    }, ms)
    const finish = (settle: () => void) => {
      clearTimeout(timer)
      settle()
    }
    task(controller.signal).then(
      (result) => finish(() => (now() - startedAt > ms ? reject(new ResponseTimeoutError(ms)) : resolve(result))),
      (error: unknown) => finish(() => reject(error)),
    )
  })
}
