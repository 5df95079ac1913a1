import { AccountActivityError } from './account-activity-error.ts'

/** Why there is no answer: no answer in time, the caller's `signal` fired, or the connection failed. */
export type TransportReason = 'timeout' | 'aborted' | 'network'

/** What a {@link TransportError} is made of. */
export interface TransportErrorInit {
  readonly reason: TransportReason
  readonly message: string
  readonly attempts: number
  readonly cause?: unknown
}

/** There is no answer from X: whether it carried out the request is not known. */
export class TransportError extends AccountActivityError {
  override readonly name = 'TransportError'
  readonly code = 'transport'
  readonly reason: TransportReason
  /** How many times the request was sent. */
  readonly attempts: number

  constructor(init: TransportErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause })
    this.reason = init.reason
    this.attempts = init.attempts
  }
}
