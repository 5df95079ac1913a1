import { shorten } from '../../errors/account-activity-error.ts'
import { redact, redactBody } from './redact.ts'

/** How many causes are followed. A chain of causes may be circular. */
const maxDepth = 5

/**
 * Copies the name, message and code of the innermost cause into a new error. The original error is not used, because it
 * may contain the request with its `Authorization` header.
 */
export function plainCause(error: unknown, secrets: readonly string[]): Error {
  const { name, message, code } = describeSafely(error)
  const plain = new Error(shorten(redactBody(message || code || 'unknown failure', secrets)))
  // The stack of this file is of no use, and the stack of the original error may quote the request.
  plain.stack = `${name}: ${plain.message}`
  Object.defineProperty(plain, 'name', { value: name, enumerable: false })
  return code === undefined ? plain : Object.assign(plain, { code: redact(code.slice(0, 100), secrets) })
}

/** An error may throw when it is read. */
function describeSafely(error: unknown): ReturnType<typeof describe> {
  try {
    return describe(innermost(error))
  } catch {
    return { name: 'Error', message: 'an error that cannot be read' }
  }
}

/** `fetch` throws `fetch failed`; only the cause of that error has a code such as `ECONNREFUSED`. */
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
