import { assertSecret } from '../../internal/assert.ts'
import type { OAuthCallOptions } from '../call-options.ts'
import { type OAuth2App, type OAuth2Tokens, readOAuth2App, requestOAuth2Tokens } from './oauth2-tokens.ts'

/** What `refreshOAuth2Tokens` exchanges for new tokens. */
export interface OAuth2RefreshInput extends OAuth2App {
  /** The refresh token. X accepts it once. */
  readonly refreshToken: string
}

/**
 * Gets new tokens for a user whose access token expires. Store the new refresh token before you use the new access
 * token: X does not accept the old one again. `createOAuth2User` does that for you, one refresh at a time.
 *
 * The call is not retried after a 5xx, a timeout or a lost connection, because X accepts a refresh token only once.
 *
 * @throws ApiError if X refuses the app or the refresh token. Then the user must authorise the app again.
 * @throws TransportError if X does not respond.
 * @throws ResponseError if the response has no token. The error does not contain the body.
 * @throws TypeError or RangeError if a parameter or an option is missing or invalid.
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 *
 * @example
 * import { type OAuth2Tokens, refreshOAuth2Tokens } from 'x-account-activity/auth'
 *
 * async function refresh(refreshToken: string, save: (tokens: OAuth2Tokens) => Promise<void>): Promise<OAuth2Tokens> {
 *   const tokens = await refreshOAuth2Tokens({ clientId: 'client-id', refreshToken })
 *   await save(tokens)
 *   return tokens
 * }
 */
export async function refreshOAuth2Tokens(
  input: OAuth2RefreshInput,
  options: OAuthCallOptions = {},
): Promise<OAuth2Tokens> {
  const app = readOAuth2App(input)
  const { refreshToken } = input
  assertSecret(refreshToken, 'refreshToken')
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const endpoint = 'oauth.refreshOAuth2Tokens'
  const tokens = await requestOAuth2Tokens({ endpoint, app, form, secrets: [refreshToken] }, options)
  // Without a new refresh token, the old one stays valid: RFC 6749, section 6.
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken }
}
