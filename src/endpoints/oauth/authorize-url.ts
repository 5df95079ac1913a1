import { type ConsentUrlInput, consentUrl } from './consent-url.ts'

/**
 * Where to send a user who shall let the app act for the account: X always asks for consent. {@link readCallback} tells
 * what came of it; where the request token was asked for with `oob`, X shows a PIN instead.
 *
 * @throws TypeError or RangeError when the token or an option is missing, or is not what it should be.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 *
 * @example
 * import { authorizeUrl } from 'x-account-activity/auth'
 *
 * authorizeUrl({ oauthToken: 'request-token', screenName: 'alice' })
 * // 'https://api.x.com/oauth/authorize?oauth_token=request-token&screen_name=alice'
 */
export function authorizeUrl(input: ConsentUrlInput): string {
  return consentUrl('authorize', input)
}
