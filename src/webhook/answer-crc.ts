import { hmacSha256 } from '#hmac'
import { VerificationError } from '../errors/verification-error.ts'
import { crcTokenRefused } from '../errors/verification-messages.ts'
import { assertSecret, kindOf } from '../internal/assert.ts'

/** The JSON body of the answer to a CRC request. */
export interface CrcAnswer {
  /** `sha256=`, followed by the HMAC-SHA256 of the token in base64. */
  response_token: string
}

const longestToken = 256
const token = /^[A-Za-z0-9\-_.~+/:]+={0,2}$/

/**
 * Answers the challenge-response check (CRC), with which X checks that you own a webhook URL.
 *
 * Send the result as JSON with status 200, within 3 seconds, without a redirect. X sends a CRC when the webhook is
 * registered, when it is validated, before a replay, and from time to time.
 *
 * The answer is made with the same HMAC and the same key as the signature of a delivery. If any text were answered,
 * anyone could get a signature for a forged delivery. Therefore only texts that have the form of a token of X are
 * answered: 1 to 256 characters of `A–Z a–z 0–9 - _ . ~ + / :`, with at most two `=` at the end.
 *
 * @param crcToken - The `crc_token` query parameter, URL-decoded once.
 * @param secret - The consumer secret ("API key secret") of the app that owns the webhook.
 * @throws {@link VerificationError} with reason `crc_token_refused` when the token does not have the form of X's.
 * @throws TypeError when either value is not a string.
 * @throws RangeError when `secret` is empty, or begins or ends with white space.
 * @see https://docs.x.com/x-api/webhooks/introduction
 *
 * @example
 * import { answerCrc } from 'x-account-activity/webhook'
 *
 * answerCrc('challenge_string', 'consumer-secret').response_token
 * // 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk='
 */
export function answerCrc(crcToken: string, secret: string): CrcAnswer {
  if (typeof crcToken !== 'string') throw new TypeError(`"crcToken" must be a string, got ${kindOf(crcToken)}`)
  assertSecret(secret, 'secret')
  if (crcToken.length > longestToken || !token.test(crcToken)) {
    throw new VerificationError('crc_token_refused', crcTokenRefused)
  }
  return { response_token: `sha256=${hmacSha256(secret, crcToken)}` }
}
