import { hmacSha256 } from '#hmac'
import { assertBody, assertSecret } from '../internal/assert.ts'

/**
 * Signs a body as X does: returns `sha256=`, followed by the HMAC-SHA256 of its bytes in base64.
 *
 * Use it to make deliveries in tests. To check the deliveries of X, use `verifySignature`.
 *
 * @param body - The body exactly as it is sent. A string counts as its UTF-8 bytes.
 * @param secret - The consumer secret ("API key secret") of the app that owns the webhook.
 * @throws TypeError when `body` is neither text nor bytes, or `secret` is not a string.
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
