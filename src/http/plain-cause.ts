import { redact } from './redact.ts'

/** The chain of causes is followed so far and no further: it may be a circle. */
const maxDepth = 5

/**
 * What lies underneath a failed request, as a fresh error with name, message and code only: the original may hold the
 * request, and with it the `Authorization` header.
 */
export function plainCause(error: unknown, secrets: readonly string[]): Error {
  const { name, message, code } = describe(innermost(error))
  const plain = new Error(redact(message || code || 'unknown failure', secrets))
  // The stack of this file says nothing, and that of the original may quote the request.
  plain.stack = `${name}: ${plain.message}`
  Object.defineProperty(plain, 'name', { value: name, enumerable: false })
  return code === undefined ? plain : Object.assign(plain, { code: redact(code, secrets) })
}

/** `fetch failed` says nothing; the error below it has a code, as `ECONNREFUSED`. */
function innermost(error: unknown): unknown {
  let found = error
  for (let depth = 0; depth < maxDepth; depth++) {
    const cause = (found as { cause?: unknown } | null | undefined)?.cause
    if (typeof cause !== 'object' || cause === null) break
    found = cause
  }
  return found
}

function describe(error: unknown): { name: string; message: string; code?: string } {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) }
  const { name, message, code } = error as { name?: unknown; message?: unknown; code?: unknown }
  return {
    name: typeof name === 'string' && /^\w{1,50}$/.test(name) ? name : 'Error',
    message: typeof message === 'string' ? message : '',
    ...(typeof code === 'string' && { code }),
  }
}
