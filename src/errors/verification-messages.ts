import { VerificationError, type VerificationReason } from './verification-error.ts'

/** The only message that a program on `/webhook` alone needs; a bundler leaves out the others. */
export const crcTokenRefused =
  'The crc_token is not one that X sends. It was not answered, because the answer would be a valid signature for a text that the sender chose.'

const messages: { readonly [R in VerificationReason]: string } = {
  signature_missing:
    'The request has no x-twitter-webhooks-signature header. Either it does not come from X, or a proxy removed the header.',
  signature_malformed: 'The signature header is not "sha256=" followed by 44 characters of base64.',
  signature_mismatch:
    'The signature does not match the body. Check that the secret is the consumer secret of the app that owns the webhook, and that the body has the exact bytes that X sent.',
  crc_token_missing: 'The request has no crc_token, or more than one.',
  crc_token_refused: crcTokenRefused,
  body_not_raw:
    'The body was parsed before its signature was checked. Pass the raw bytes, and do not use a JSON body parser on this route.',
  body_too_large:
    'The body is larger than the option "maxBodyBytes" allows. Increase the option if X sends bodies of this size.',
  body_not_json: 'The body is signed but is not valid JSON.',
  not_a_delivery: 'The body is signed but is not a JSON object.',
  too_many_events:
    'The delivery has more events than the option "maxEventsPerDelivery" allows. Increase the option if X sends deliveries of so many events.',
}

/** An error with the message for its reason. */
export function verificationError(reason: VerificationReason): VerificationError {
  return new VerificationError(reason, messages[reason])
}
