import { readBaseUrl } from '../../http/transport.ts'
import { assertObject, assertSecret, assertText, kindOf } from '../../internal/assert.ts'

/** The parameters of `oauth2AuthorizeUrl`. */
export interface OAuth2AuthorizeUrlInput {
  /** The OAuth 2.0 client id of the app. The developer portal shows it; it is not the API key. */
  readonly clientId: string
  /** The URL that X sends the user back to. It must be exactly one of the callback URLs in the settings of the app. */
  readonly redirectUri: string
  /**
   * What the app may do: at least one scope. Subscriptions need `dm.read`, `dm.write`, `tweet.read` and `users.read`.
   * X issues a refresh token only for `offline.access`.
   */
  readonly scopes: readonly string[]
  /** A random text, at most 500 characters. X sends it back: check that it belongs to the session of the user. */
  readonly state: string
  /** The challenge of `createPkce`. It is sent with the method `S256`. */
  readonly challenge: string
  /**
   * The base URL of the page: http or https, without a query and a fragment.
   *
   * @defaultValue `https://x.com`
   */
  readonly baseUrl?: string | URL | undefined
}

/**
 * Returns the URL to send a user to, so that the user authorises the app with OAuth 2.0. Then X sends the user to
 * `redirectUri` with the query parameters `code` and `state`, or with `error` if the user refuses. Pass the code to
 * `exchangeOAuth2Code` within 30 seconds.
 *
 * @throws TypeError or RangeError if a parameter is missing or invalid.
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 *
 * @example
 * import { oauth2AuthorizeUrl } from 'x-account-activity/auth'
 *
 * oauth2AuthorizeUrl({
 *   clientId: 'client-id',
 *   redirectUri: 'https://app.example/callback',
 *   scopes: ['tweet.read', 'users.read'],
 *   state: 'state',
 *   challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
 * })
 * // 'https://x.com/i/oauth2/authorize?response_type=code&client_id=client-id&…&code_challenge_method=S256'
 */
export function oauth2AuthorizeUrl(input: OAuth2AuthorizeUrlInput): string {
  assertObject(input, 'input')
  const { clientId, redirectUri, scopes, state, challenge, baseUrl = 'https://x.com' } = input
  assertSecret(clientId, 'clientId')
  assertRedirectUri(redirectUri)
  assertText(state, 'state')
  if (state.length > 500) throw new RangeError(`"state" must be of at most 500 characters, got ${state.length}`)
  assertText(challenge, 'challenge')
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw new RangeError('"challenge" must be the challenge of createPkce()')
  const query = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: readScopes(scopes),
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }
  // Spaces as %20, as in the examples of X.
  return `${readBaseUrl(baseUrl)}/i/oauth2/authorize?${`${new URLSearchParams(query)}`.replaceAll('+', '%20')}`
}

/** Checks the URL that X sends a user back to. */
export function assertRedirectUri(value: unknown): asserts value is string {
  assertText(value, 'redirectUri')
  if (/\s/.test(value) || !URL.canParse(value)) throw new RangeError('"redirectUri" must be an absolute URL')
}

function readScopes(scopes: unknown): string {
  if (!Array.isArray(scopes)) throw new TypeError(`"scopes" must be an array, got ${kindOf(scopes)}`)
  if (scopes.length === 0) throw new RangeError('"scopes" must not be empty')
  for (const scope of scopes) {
    assertText(scope, 'scopes')
    // RFC 6749, section 3.3.
    if (!/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) {
      throw new RangeError('"scopes" must hold one scope in each entry, without spaces')
    }
  }
  return scopes.join(' ')
}
