import type { Endpoint } from '../errors/reasons.ts'
import { TransportError } from '../errors/transport-error.ts'
import { plainCause } from './plain-cause.ts'
import type { SendFailure } from './send.ts'

interface FailedSend {
  readonly endpoint: Endpoint
  readonly secrets: readonly string[]
  readonly attempts: number
  readonly timeoutMs: number
}

/** The error for an attempt that got no answer. */
export function toTransportError({ reason, cause }: SendFailure, call: FailedSend): TransportError {
  const { endpoint, secrets, attempts, timeoutMs } = call
  const why = { timeout: `no answer within ${timeoutMs} ms`, aborted: 'its signal fired', network: 'no connection' }
  const message = `${endpoint} failed: ${why[reason]} (${count(attempts)})`
  return new TransportError({ reason, message, attempts, cause: plainCause(cause, secrets) })
}

/** The error for a call that its signal ends between two attempts, or before the first. */
export function abortedError(
  { endpoint, signal }: { readonly endpoint: Endpoint; readonly signal?: AbortSignal | undefined },
  attempts: number,
): TransportError {
  return toTransportError({ reason: 'aborted', cause: signal?.reason }, { endpoint, secrets: [], attempts, timeoutMs: 0 })
}

function count(attempts: number): string {
  return attempts === 1 ? '1 attempt' : `${attempts} attempts`
}
