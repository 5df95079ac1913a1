import { type ConsentUrlInput, consentUrl } from './consent-url.ts'

/**
 * Returns the URL to send a user to, so that the user authorises the app. X asks for consent each time. Then X sends
 * the user to the callback URL: read it with `readCallback`. If the callback is `oob`, X shows a PIN instead.
 *
 * @throws TypeError or RangeError if the token or an option is missing or invalid.
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
