import { AccountActivityError } from './account-activity-error.ts'

/**
 * Why a request to the webhook is refused.
 *
 * - `signature_missing`: the request has no signature header.
 * - `signature_malformed`: the signature header does not have the form of a signature.
 * - `signature_mismatch`: the signature does not match the body and the secret.
 * - `crc_token_missing`: a GET request does not have exactly one `crc_token`.
 * - `crc_token_refused`: X does not send such a `crc_token`, so it is not signed.
 * - `body_not_raw`: the body was parsed before the signature was checked.
 * - `body_too_large`: the body is larger than the limit of the receiver.
 * - `body_not_json`: the signature is valid, but the body is not valid JSON.
 * - `not_a_delivery`: the signature is valid, but the body is not a JSON object.
 * - `too_many_events`: the signature is valid, but the delivery has more events than the limit of the receiver.
 */
export type VerificationReason =
  | 'signature_missing'
  | 'signature_malformed'
  | 'signature_mismatch'
  | 'crc_token_missing'
  | 'crc_token_refused'
  | 'body_not_raw'
  | 'body_too_large'
  | 'body_not_json'
  | 'not_a_delivery'
  | 'too_many_events'

/** A request to the webhook was not verified as a request of X. The message never contains a secret or a signature. */
export class VerificationError extends AccountActivityError {
  /** Always `'VerificationError'`: the name of the class, also in minified code. */
  override readonly name = 'VerificationError'
  /** Always `verification`. */
  readonly code = 'verification'
  /** Why the request is refused. */
  readonly reason: VerificationReason

  /**
   * @param reason - Why the request is refused.
   * @param message - What happened and what to do.
   */
  constructor(reason: VerificationReason, message: string = `The request is refused: ${reason}.`) {
    super(message)
    this.reason = reason
  }
}
