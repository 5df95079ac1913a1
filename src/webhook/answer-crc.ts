import { hmacSha256 } from '#hmac'
import { VerificationError } from '../errors/verification-error.ts'
import { assertSecret, kindOf } from '../internal/assert.ts'

/** What X expects as the JSON body of the answer to a CRC request. */
export interface CrcAnswer {
  /** `sha256=` and the base64 of the HMAC-SHA256 of the token. */
  response_token: string
}

const longestToken = 256
const token = /^[A-Za-z0-9\-_.~+/:]+={0,2}$/

/**
 * The answer to the challenge-response check (CRC) by which X finds out whether you own a webhook URL.
 *
 * Answer with status 200 and this object as JSON, within 3 seconds, without a redirect. X asks when the webhook is
 * registered, when it is validated, before a replay, and from time to time.
 *
 * The answer and the signature of a delivery are the same HMAC under the same key: whoever could have any text answered
 * could forge any delivery. So only what looks like a token of X's is answered: 1 to 256 characters of
 * `A–Z a–z 0–9 - _ . ~ + / :`, at most two `=` at the end.
 *
 * @param crcToken - The `crc_token` query parameter, URL-decoded once.
 * @param secret - The consumer secret ("API key secret") of the app that owns the webhook.
 * @throws {@link VerificationError} with reason `crc_token_refused` when the token is none of X's.
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
  if (crcToken.length > longestToken || !token.test(crcToken)) throw new VerificationError('crc_token_refused')
  return { response_token: `sha256=${hmacSha256(secret, crcToken)}` }
}
