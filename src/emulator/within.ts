import type { Clock } from '../internal/clock.ts'

/** Nothing came back in time. */
export class LateError extends Error {
  override readonly name = 'LateError'

  constructor(ms: number) {
    super(`No answer within ${ms / 1000} seconds`)
  }
}

/**
 * What a task comes to, if it does within `ms` milliseconds: of real time, for which there is a timer that aborts the
 * signal, and of `now`, which tests move by hand.
 *
 * @throws LateError when it does not.
 */
export async function within<T>(
  { ms, now }: { ms: number; now: Clock },
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const startedAt = now()
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new LateError(ms))
      controller.abort()
    }, ms)
  })
  try {
    const result = await Promise.race([task(controller.signal), late])
    if (now() - startedAt > ms) throw new LateError(ms)
    return result
  } finally {
    clearTimeout(timer)
  }
}

/** What went wrong, in one line; `fetch` says the interesting part in the cause. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  return cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message
}
