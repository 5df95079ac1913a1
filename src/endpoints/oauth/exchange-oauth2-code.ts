import { assertSecret, assertText } from '../../internal/assert.ts'
import type { OAuthCallOptions } from '../call-options.ts'
import { assertRedirectUri } from './oauth2-authorize-url.ts'
import { type OAuth2App, type OAuth2Tokens, readOAuth2App, requestOAuth2Tokens } from './oauth2-tokens.ts'

/** What `exchangeOAuth2Code` exchanges for tokens. */
export interface OAuth2CodeInput extends OAuth2App {
  /** The query parameter `code` of the URL that X sent the user to. X accepts it once, within 30 seconds. */
  readonly code: string
  /** The same URL as in `oauth2AuthorizeUrl`. */
  readonly redirectUri: string
  /** The verifier of `createPkce`, from the session of the user. */
  readonly verifier: string
}

/**
 * Gets the tokens of a user who came back from X: the last step of a sign-in with OAuth 2.0. Check first that the query
 * parameter `state` belongs to the session of the user.
 *
 * The call is not retried after a 5xx, a timeout or a lost connection, because X accepts a code only once. Then start
 * the sign-in again.
 *
 * @throws ApiError if X refuses the app, the code or the verifier.
 * @throws TransportError if X does not respond.
 * @throws ResponseError if the response has no token. The error does not contain the body.
 * @throws TypeError or RangeError if a parameter or an option is missing or invalid.
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 *
 * @example
 * import { exchangeOAuth2Code, type OAuth2Tokens } from 'x-account-activity/auth'
 *
 * const redirectUri = 'https://app.example/callback'
 *
 * async function finishSignIn(url: string, session: { state: string; verifier: string }): Promise<OAuth2Tokens> {
 *   const query = new URL(url).searchParams
 *   const code = query.get('code')
 *   if (code === null || query.get('state') !== session.state) throw new Error('The user did not authorise the app.')
 *   return exchangeOAuth2Code({ clientId: 'client-id', code, redirectUri, verifier: session.verifier })
 * }
 */
export async function exchangeOAuth2Code(
  input: OAuth2CodeInput,
  options: OAuthCallOptions = {},
): Promise<OAuth2Tokens> {
  const app = readOAuth2App(input)
  const { code, redirectUri, verifier } = input
  assertSecret(code, 'code')
  assertRedirectUri(redirectUri)
  assertText(verifier, 'verifier')
  // RFC 7636, section 4.1.
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier))
    throw new RangeError('"verifier" must be the verifier of createPkce()')
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
  const endpoint = 'oauth.exchangeOAuth2Code'
  return requestOAuth2Tokens({ endpoint, app, form, secrets: [code, verifier] }, options)
}
