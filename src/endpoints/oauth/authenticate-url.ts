import { type ConsentUrlInput, consentUrl } from './consent-url.ts'

/**
 * Where to send a user who shall sign in with X: as {@link authorizeUrl}, but whoever has consented before is sent back at
 * once.
 *
 * @throws TypeError or RangeError when the token or an option is missing, or is not what it should be.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 *
 * @example
 * import { authenticateUrl } from 'x-account-activity/auth'
 *
 * authenticateUrl({ oauthToken: 'request-token' })
 * // 'https://api.x.com/oauth/authenticate?oauth_token=request-token'
 */
export function authenticateUrl(input: ConsentUrlInput): string {
  return consentUrl('authenticate', input)
}
