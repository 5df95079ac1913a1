import { AccountActivityError } from './account-activity-error.ts'

/**
 * Why X did not respond.
 *
 * - `timeout`: the response did not arrive within `timeoutMs`.
 * - `aborted`: the `signal` of the call was aborted.
 * - `network`: there was no connection, or it was lost.
 */
export type TransportReason = 'timeout' | 'aborted' | 'network'

/** The values of a new {@link TransportError}, for tests that need one. */
export interface TransportErrorInit {
  /** Why X did not respond. */
  readonly reason: TransportReason
  /** The message of the error. */
  readonly message: string
  /** How many times the request was sent. */
  readonly attempts: number
  /** The id of the last request of the call that X began to respond to. Absent if X did not send one. */
  readonly transactionId?: string | undefined
  /**
   * The error of the network, without secrets.
   *
   * @defaultValue no cause
   */
  readonly cause?: unknown
  /**
   * What to do about the error: a sentence, which is added to the message.
   *
   * @defaultValue no hint
   */
  readonly hint?: string | undefined
}

/**
 * X did not respond. It is not known whether X carried out the request. The message names the method, the host and the
 * path; `cause` has the name, the message and the code of the error underneath.
 */
export class TransportError extends AccountActivityError {
  /** Always `'TransportError'`: the name of the class, also in minified code. */
  override readonly name = 'TransportError'
  /** Always `transport`. */
  readonly code = 'transport'
  /** Why X did not respond. */
  readonly reason: TransportReason
  /** How many times the request was sent. 0 if the signal was aborted before the first request. */
  readonly attempts: number
  /**
   * The id of the last request of this call that X began to respond to, from the `x-transaction-id` header: the rest of
   * the response was lost, or an earlier attempt got a response. Name it when you ask X for support. Absent if X did not
   * send one.
   */
  declare readonly transactionId?: string
  /** What to do about the error. It is part of the message too. Absent if this package has no specific advice. */
  declare readonly hint?: string

  constructor(init: TransportErrorInit) {
    super(
      init.hint === undefined ? init.message : `${init.message} ${init.hint}`,
      init.cause === undefined ? undefined : { cause: init.cause },
    )
    this.reason = init.reason
    this.attempts = init.attempts
    if (init.transactionId !== undefined) this.transactionId = init.transactionId
    if (init.hint !== undefined) this.hint = init.hint
  }
}
