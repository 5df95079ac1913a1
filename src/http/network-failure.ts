/**
 * What went wrong when `fetch` failed.
 *
 * - `certificate`: the TLS certificate of the server is not accepted.
 * - `tls`: the server does not speak TLS as expected.
 * - `unknown_host`: the name of the host has no address.
 * - `refused`: nothing accepts connections at the address, or the address is not reachable.
 * - `closed`: the connection was closed before the response was complete.
 * - `encoding`: the body of the response cannot be decompressed.
 * - `own_fetch`: the function in the option `fetch` failed for a reason of its own.
 * - `other`: another failure of the network.
 */
export type NetworkFailureKind =
  | 'certificate'
  | 'tls'
  | 'unknown_host'
  | 'refused'
  | 'closed'
  | 'encoding'
  | 'own_fetch'
  | 'other'

/** The codes of Node.js, OpenSSL, zlib and undici. The first match counts. */
const kindsByCode: readonly (readonly [RegExp, NetworkFailureKind])[] = [
  [
    /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|ERR_TLS_CERT)/,
    'certificate',
  ],
  [/^(EPROTO$|ERR_SSL_|ERR_TLS_|ERR_OSSL_)/, 'tls'],
  [/^(ENOTFOUND|EAI_)/, 'unknown_host'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)/, 'refused'],
  [/^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)/, 'closed'],
  [/^(Z_|ERR_BROTLI|ERR__ERROR_FORMAT|ERR_ZLIB|ZSTD_|BrotliDecompressionError)/, 'encoding'],
]

/** The messages of `fetch` in Node.js, Chrome, Firefox, Safari and Bun for a failure without a code. */
const networkMessages =
  /^(fetch failed|terminated|failed to fetch|load failed|network ?error|network connection|unable to connect)/i

/** How many causes are followed. A chain of causes may be circular. */
const maxDepth = 5

/**
 * Finds out why `fetch` failed.
 *
 * @param isOwnFetch - Whether `fetch` is a function of the caller. An error without a sign of the network is then its own.
 */
export function networkFailureKind(error: unknown, isOwnFetch: boolean): NetworkFailureKind {
  const chain = causesOf(error)
  for (const { code } of chain) {
    const kind = typeof code === 'string' && kindsByCode.find(([pattern]) => pattern.test(code))?.[1]
    if (kind) return kind
  }
  const isOfNetwork = chain.some(
    ({ code, message }) => typeof code === 'string' || (typeof message === 'string' && networkMessages.test(message)),
  )
  return isOwnFetch && !isOfNetwork ? 'own_fetch' : 'other'
}

interface ErrorLike {
  readonly code?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly errors?: unknown
}

/** The error and its causes. A connection that was tried at several addresses has an error for each of them. */
function causesOf(error: unknown): ErrorLike[] {
  const chain: ErrorLike[] = []
  try {
    let found = error
    for (let depth = 0; depth < maxDepth && typeof found === 'object' && found !== null; depth += 1) {
      const { code, message, cause, errors }: ErrorLike = found
      chain.push({ code, message })
      found = cause ?? (Array.isArray(errors) ? errors[0] : undefined)
    }
  } catch {
    // An error may throw when it is read.
  }
  return chain
}
