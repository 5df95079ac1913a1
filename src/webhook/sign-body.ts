import { hmacSha256 } from '#hmac'
import { assertBody, assertSecret } from '../internal/assert.ts'

/**
 * The signature that X sends along with a body: `sha256=` and the base64 of the HMAC-SHA256 of its bytes.
 *
 * Use it to make deliveries of your own in tests; to check those of X use {@link verifySignature}.
 *
 * @param body - The body exactly as it is sent; a string stands for its UTF-8 bytes.
 * @param secret - The consumer secret ("API key secret") of the app that owns the webhook.
 * @throws TypeError when `body` is not text or bytes, or `secret` is no string.
 * @throws RangeError when `secret` is empty, or begins or ends with white space.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import { signBody } from 'x-account-activity/webhook'
 *
 * signBody('{"for_user_id":"2244994945","follow_events":[]}', 'consumer-secret')
 * // 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY='
 */
export function signBody(body: string | Uint8Array, secret: string): string {
  assertBody(body, 'body')
  assertSecret(secret, 'secret')
  return `sha256=${hmacSha256(secret, body)}`
}
