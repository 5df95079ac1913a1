import { AccountActivityError } from './account-activity-error.ts'

/** Why a request is not taken for one of X's. */
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
    'The request carries no x-twitter-webhooks-signature header: it does not come from X, or something on the way drops the header',
  signature_malformed: 'The signature header is not "sha256=" followed by 44 characters of base64',
  signature_mismatch:
    'The signature does not match the body: the secret is not that of the app that owns the webhook, or the body is not the bytes that X sent',
  crc_token_missing: 'The request carries no crc_token, or more than one',
  crc_token_refused:
    'The crc_token is none that X sends: answering it would sign a text of the caller’s choosing, and so forge a delivery',
  body_not_raw:
    'The body was parsed before it could be verified: pass the raw bytes, and keep JSON body parsers away from this route',
  body_too_large: 'The body is larger than this receiver accepts',
  body_not_json: 'The body is signed, but is no JSON',
  not_a_delivery: 'The body is signed, but is no JSON object',
}

/** A request to the webhook is not what X sends. It never says what would have been right. */
export class VerificationError extends AccountActivityError {
  override readonly name = 'VerificationError'
  readonly code = 'verification'
  readonly reason: VerificationReason

  constructor(reason: VerificationReason) {
    super(messages[reason])
    this.reason = reason
  }
}
