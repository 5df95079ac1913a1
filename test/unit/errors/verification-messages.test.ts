import { expect, it } from 'vitest'
import type { VerificationReason } from 'x-account-activity/errors'
import { verificationError } from '../../../src/errors/verification-messages.ts'

const reasons: Readonly<Record<VerificationReason, RegExp>> = {
  signature_missing: /^The request has no x-twitter-webhooks-signature header\./,
  signature_malformed: /^The signature header is not "sha256=" followed by 44 characters of base64\.$/,
  signature_mismatch: /Check that the secret is the consumer secret/,
  crc_token_missing: /^The request has no crc_token, or more than one\.$/,
  crc_token_refused: /^The crc_token is not one that X sends\./,
  body_not_raw: /Pass the raw bytes, and do not use a JSON body parser/,
  body_too_large: /"maxBodyBytes"/,
  too_many_events: /"maxEventsPerDelivery"/,
  body_not_json: /^The body is signed but is not valid JSON\.$/,
  not_a_delivery: /^The body is signed but is not a JSON object\.$/,
}

it.each(Object.entries(reasons))('has a message of sentences for %s', (reason, message) => {
  const error = verificationError(reason as VerificationReason)
  expect(error.reason).toBe(reason)
  expect(error.message).toMatch(message)
  expect(error.message).toMatch(/^[A-Z].*\.$/)
})
