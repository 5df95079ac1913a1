import { hmacSha256, hmacSha256Prepared, prepareHmacKey, timingSafeEqual } from '#hmac'
import { assertBody, assertObject, assertSecret } from '../internal/assert.ts'

/** A body with its signature, and the secret to check it with. */
export interface SignedBody {
  /**
   * The body exactly as it was received, before any parser. A string counts as its UTF-8 bytes. With `undefined` or
   * `null`, the result is `false`.
   */
  readonly body: string | Uint8Array | undefined | null
  /** The value of the `x-twitter-webhooks-signature` header. With `undefined` or `null`, the result is `false`. */
  readonly signature: string | null | undefined
  /** The consumer secret of the app that owns the webhook. While you replace it, several: each of them is accepted. */
  readonly secret: string | readonly string[]
}

/** Whether a body has this signature. */
export type SignatureCheck = (body: string | Uint8Array, signature: string) => boolean

const prefix = 'sha256='
const signatureLength = prefix.length + 44

/**
 * Checks the signature of a delivery. `true` means that the body was signed with your secret: it comes from X, and
 * it is unchanged.
 *
 * The function is synchronous on purpose: a promise is always truthy, so a forgotten `await` would accept every forgery.
 * When the body or the signature is missing, or the signature is malformed, the result is `false`. The comparison takes
 * constant time.
 *
 * The newer header `x-twitter-webhooks-signature-oauth2` is made in the same way with the OAuth 2.0 client secret.
 *
 * @throws TypeError when `body` is an object: a body parser read it first, and the bytes that X signed are gone. Also
 *   when a secret is not a string.
 * @throws RangeError when `secret` is an empty array, or a secret is empty or begins or ends with white space.
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
  const secrets = typeof secret === 'string' ? [secret] : secret
  assertSecrets(secrets)
  if (body === undefined || body === null) return false
  assertBody(body, 'body')
  return typeof signature === 'string' && isSigned(body, signature, secrets, hmacSha256)
}

/** Prepares secrets once, to check many bodies with them. The check is that of {@link verifySignature}. */
export function createSignatureCheck(secrets: readonly string[]): SignatureCheck {
  const keys = secrets.map(prepareHmacKey)
  return (body, signature) => isSigned(body, signature, keys, hmacSha256Prepared)
}

function isSigned<Key>(
  body: string | Uint8Array,
  signature: string,
  keys: readonly Key[],
  hmac: (key: Key, body: string | Uint8Array) => string,
): boolean {
  if (signature.length !== signatureLength || !signature.startsWith(prefix)) return false
  const given = signature.slice(prefix.length)
  for (const key of keys) if (timingSafeEqual(given, hmac(key, body))) return true
  return false
}

function assertSecrets(secrets: readonly string[]): void {
  if (!Array.isArray(secrets)) throw new TypeError('"secret" must be a string or an array of strings')
  if (secrets.length === 0) throw new RangeError('"secret" must hold at least one secret')
  for (const secret of secrets) assertSecret(secret, 'secret')
}
