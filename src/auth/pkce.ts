import { toBase64, utf8 } from '../internal/bytes.ts'

/** The two halves of a proof key: one is sent to X first, the other when the code is exchanged. */
export interface Pkce {
  /** The secret half: 43 random characters. Keep it on the server until the user comes back. */
  readonly verifier: string
  /** The public half: the SHA-256 digest of the verifier. Pass it to `oauth2AuthorizeUrl`. */
  readonly challenge: string
}

/**
 * Returns a new proof key (PKCE) with the method `S256`, for one sign-in with OAuth 2.0. Use a new one for each sign-in.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7636
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 *
 * @example
 * import { createPkce, oauth2AuthorizeUrl } from 'x-account-activity/auth'
 *
 * const { verifier, challenge } = await createPkce()
 * const url = oauth2AuthorizeUrl({
 *   clientId: 'client-id',
 *   redirectUri: 'https://app.example/callback',
 *   scopes: ['tweet.read', 'users.read', 'dm.read', 'dm.write', 'offline.access'],
 *   state: crypto.randomUUID(),
 *   challenge,
 * })
 * verifier.length
 * // 43
 */
export async function createPkce(): Promise<Pkce> {
  const verifier = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  return { verifier, challenge: await codeChallenge(verifier) }
}

/** RFC 7636, section 4.2: `BASE64URL-ENCODE(SHA256(ASCII(code_verifier)))`. */
export async function codeChallenge(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(utf8(verifier)))
  return toBase64Url(new Uint8Array(digest))
}

/** RFC 7636, appendix A: base64 for URLs, without padding. */
function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
