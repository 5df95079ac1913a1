import { readBaseUrl } from '../../http/transport.ts'
import { assertBoolean, assertObject, assertSecret, assertText } from '../../internal/assert.ts'

/** The parameters of `authorizeUrl` and `authenticateUrl`. */
export interface ConsentUrlInput {
  /** The request token: `oauthToken` of `requestToken`. */
  readonly oauthToken: string
  /**
   * The base URL of X: http or https, without a query and a fragment.
   *
   * @defaultValue `https://api.x.com`
   */
  readonly baseUrl?: string | URL | undefined
  /**
   * Whether the user must sign in to X again, even with an active session.
   *
   * @defaultValue false
   */
  readonly forceLogin?: boolean | undefined
  /**
   * The handle to fill in on the sign-in page, without `@`.
   *
   * @defaultValue no handle
   */
  readonly screenName?: string | undefined
}

/** Builds the URL of a page on which X asks a user for consent. */
export function consentUrl(page: 'authorize' | 'authenticate', input: ConsentUrlInput): string {
  assertObject(input, 'input')
  const { oauthToken, baseUrl = 'https://api.x.com', forceLogin = false, screenName } = input
  assertSecret(oauthToken, 'oauthToken')
  assertBoolean(forceLogin, 'forceLogin')
  if (screenName !== undefined) assertText(screenName, 'screenName')
  const query = new URLSearchParams({
    oauth_token: oauthToken,
    ...(forceLogin && { force_login: 'true' }),
    ...(screenName !== undefined && { screen_name: screenName }),
  })
  return `${readBaseUrl(baseUrl)}/oauth/${page}?${query}`
}
