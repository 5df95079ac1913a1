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

const messages: { readonly [R in VerificationReason]: string } = {
  signature_missing:
    'The request has no x-twitter-webhooks-signature header. Either it does not come from X, or a proxy removed the header.',
  signature_malformed: 'The signature header is not "sha256=" followed by 44 characters of base64.',
  signature_mismatch:
    'The signature does not match the body. Check that the secret is the consumer secret of the app that owns the webhook, and that the body has the exact bytes that X sent.',
  crc_token_missing: 'The request has no crc_token, or more than one.',
  crc_token_refused:
    'The crc_token is not one that X sends. It was not answered, because the answer would be a valid signature for a text that the sender chose.',
  body_not_raw:
    'The body was parsed before its signature was checked. Pass the raw bytes, and do not use a JSON body parser on this route.',
  body_too_large:
    'The body is larger than the option "maxBodyBytes" allows. Increase the option if X sends bodies of this size.',
  body_not_json: 'The body is signed but is not valid JSON.',
  not_a_delivery: 'The body is signed but is not a JSON object.',
}

/** A request to the webhook was not verified as a request of X. The message never contains a secret or a signature. */
export class VerificationError extends AccountActivityError {
  override readonly name = 'VerificationError'
  /** Always `verification`. */
  readonly code = 'verification'
  /** Why the request is refused. */
  readonly reason: VerificationReason

  constructor(reason: VerificationReason) {
    super(messages[reason])
    this.reason = reason
  }
}
