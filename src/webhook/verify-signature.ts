import { hmacSha256 } from '#hmac'
import { assertBody, assertObject, assertSecret } from '../internal/assert.ts'
import { timingSafeEqual } from '../internal/timing-safe-equal.ts'

/** What {@link verifySignature} looks at. */
export interface SignedBody {
  /** The body exactly as it came over the wire, before any parser: a string stands for its UTF-8 bytes. */
  readonly body: string | Uint8Array
  /** The `x-twitter-webhooks-signature` header, or its absence. */
  readonly signature: string | null | undefined
  /** The consumer secret of the app that owns the webhook, or several while it is being rotated. */
  readonly secret: string | readonly string[]
}

const prefix = 'sha256='
const signatureLength = prefix.length + 44

/**
 * Whether a delivery was signed with your secret, and so comes from X unchanged.
 *
 * It is synchronous on purpose: an answer that has to be awaited, and is not, is always true. Anything missing or
 * malformed in the request is `false`, never an exception. The comparison takes the same time wherever two signatures
 * differ.
 *
 * The newer header `x-twitter-webhooks-signature-oauth2` is made the same way with the OAuth 2.0 client secret.
 *
 * @throws TypeError when `body` is not text or bytes (a body parser was there first), or a secret is no string.
 * @throws RangeError when there is no secret, or one is empty, or begins or ends with white space.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import { verifySignature } from 'x-account-activity/webhook'
 *
 * verifySignature({
 *   body: '{"for_user_id":"2244994945","follow_events":[]}',
 *   signature: 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY=',
 *   secret: 'consumer-secret',
 * }) // true
 */
export function verifySignature(input: SignedBody): boolean {
  assertObject(input, 'input')
  const { body, signature, secret } = input
  assertBody(body, 'body')
  const secrets = typeof secret === 'string' ? [secret] : secret
  assertSecrets(secrets)
  if (typeof signature !== 'string' || signature.length !== signatureLength) return false
  if (!signature.startsWith(prefix)) return false
  const given = signature.slice(prefix.length)
  return secrets.some((one) => timingSafeEqual(given, hmacSha256(one, body)))
}

function assertSecrets(secrets: readonly string[]): void {
  if (!Array.isArray(secrets)) throw new TypeError('"secret" must be a string or an array of strings')
  if (secrets.length === 0) throw new RangeError('"secret" must hold at least one secret')
  for (const secret of secrets) assertSecret(secret, 'secret')
}
