/** The error that `fetch` rejects with when nothing listens at the address. */
export function connectionRefused(): TypeError {
  return new TypeError('fetch failed', { cause: withCode(new Error('connect ECONNREFUSED'), 'ECONNREFUSED') })
}

/** The error that `fetch` rejects with when a connection ends before the answer. */
export function connectionReset(): TypeError {
  return new TypeError('fetch failed', { cause: withCode(new Error('socket hang up'), 'ECONNRESET') })
}

/** An error in one line. The errors of `fetch` say what happened in their cause, so the cause is included. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  return cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message
}

const certificateCode =
  /^(?:CERT_|DEPTH_ZERO_|EPROTO|ERR_SSL_|ERR_TLS_|HOSTNAME_|INVALID_CA|SELF_SIGNED_|UNABLE_TO_|UNKNOWN_CERT)/

/** Whether a connection failed because the certificate of the other side is not trusted. The codes are OpenSSL's. */
export function isCertificateError(error: unknown): boolean {
  // `fetch` wraps the error once, and a library on top of it may wrap it again. Five levels are enough.
  for (let inner = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth += 1) {
    if (certificateCode.test('code' in inner ? String(inner.code) : '') || /certificate/i.test(inner.message))
      return true
  }
  return false
}

function withCode(error: Error, code: string): Error {
  return Object.assign(error, { code })
}
