import { type ConsentUrlInput, consentUrl } from './consent-url.ts'

/**
 * Returns the URL to send a user to for "Sign in with X". Unlike with `authorizeUrl`, X asks a user for consent only
 * once: later it sends the user back immediately.
 *
 * @throws TypeError or RangeError if the token or an option is missing or invalid.
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
