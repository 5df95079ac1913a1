import type { Clock } from '../../internal/clock.ts'

/** Nothing came back in time. */
export class ResponseTimeoutError extends Error {
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
export function withTimeout<T>(
  { ms, now }: { ms: number; now: Clock },
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const startedAt = now()
  const controller = new AbortController()
  // By hand, because every delivery goes through here: `Promise.race` and `finally` would make four promises more.
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new ResponseTimeoutError(ms))
      controller.abort()
    }, ms)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      settle()
    }
    task(controller.signal).then(
      (result) => end(() => (now() - startedAt > ms ? reject(new ResponseTimeoutError(ms)) : resolve(result))),
      (error: unknown) => end(() => reject(error)),
    )
  })
}

/** What went wrong, in one line; `fetch` says the interesting part in the cause. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  return cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message
}

const certificateCode =
  /^(?:CERT_|DEPTH_ZERO_|EPROTO|ERR_SSL_|ERR_TLS_|HOSTNAME_|INVALID_CA|SELF_SIGNED_|UNABLE_TO_|UNKNOWN_CERT)/

/** Whether a connection was not made because nothing vouches for the other side; the codes are those of OpenSSL. */
export function isCertificateError(error: unknown): boolean {
  // `fetch` wraps the error once, others may wrap it again; nobody wraps it five times.
  for (let inner = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth += 1) {
    if (certificateCode.test('code' in inner ? String(inner.code) : '') || /certificate/i.test(inner.message))
      return true
  }
  return false
}
