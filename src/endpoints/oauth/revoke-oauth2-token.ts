import { assertOneOf, assertSecret } from '../../internal/assert.ts'
import type { OAuthCallOptions } from '../call-options.ts'
import { checkResponse } from '../read-response.ts'
import { callOAuth2, type OAuth2App, readOAuth2App } from './oauth2-tokens.ts'

/** The token that `revokeOAuth2Token` revokes. */
export interface OAuth2RevokeInput extends OAuth2App {
  /** An access token or a refresh token. */
  readonly token: string
  /**
   * Which kind of token it is.
   *
   * @defaultValue not sent: X finds out itself
   */
  readonly tokenType?: 'access_token' | 'refresh_token' | undefined
}

/**
 * Revokes an OAuth 2.0 token of a user. Use it when a user leaves your app, or when a token became known to others.
 * Revoke both tokens of a user.
 *
 * @throws ApiError if X refuses the app or the token.
 * @throws TransportError if X does not respond.
 * @throws ResponseError if the response does not have a documented form.
 * @throws TypeError or RangeError if a parameter or an option is missing or invalid.
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 * @see https://www.rfc-editor.org/rfc/rfc7009
 *
 * @example
 * import { type OAuth2Tokens, revokeOAuth2Token } from 'x-account-activity/auth'
 *
 * async function signOut({ bearerToken, refreshToken }: OAuth2Tokens): Promise<void> {
 *   if (refreshToken !== undefined) await revokeOAuth2Token({ clientId: 'client-id', token: refreshToken })
 *   await revokeOAuth2Token({ clientId: 'client-id', token: bearerToken })
 * }
 */
export async function revokeOAuth2Token(input: OAuth2RevokeInput, options: OAuthCallOptions = {}): Promise<void> {
  const app = readOAuth2App(input)
  const { token, tokenType } = input
  assertSecret(token, 'token')
  if (tokenType !== undefined) assertOneOf(tokenType, ['access_token', 'refresh_token'], 'tokenType')
  const endpoint = 'oauth.revokeOAuth2Token'
  const form = { token, ...(tokenType !== undefined && { token_type_hint: tokenType }) }
  const request = { endpoint, path: '/2/oauth2/revoke', app, form, secrets: [token], isIdempotent: true } as const
  const { response } = await callOAuth2(request, options)
  checkResponse(endpoint, response)
}
