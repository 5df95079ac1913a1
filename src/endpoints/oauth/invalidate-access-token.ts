import { oauth1Authorizer } from '../../auth/authorizer.ts'
import {
  type AppCredentials,
  readAppCredentials,
  readUserCredentials,
  type UserCredentials,
} from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { createTransport } from '../../http/transport.ts'
import { type OAuthCallOptions, readSignalAndHeaders } from '../call-options.ts'
import { checkConfirmation } from './token-response.ts'

const endpoint = 'oauth.invalidateAccessToken'

/**
 * Invalidates the access token of a user. Use it when a user leaves your app, or when a token became known to others.
 *
 * @throws ApiError if X refuses the keys or the token.
 * @throws TransportError if X does not respond.
 * @throws ResponseError if the response does not have a documented form.
 * @throws TypeError or RangeError if a key, a token or an option is missing or invalid.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 *
 * @example
 * import { type AppCredentials, invalidateAccessToken, type UserCredentials } from 'x-account-activity/auth'
 *
 * async function signOut(app: AppCredentials, user: UserCredentials): Promise<void> {
 *   await invalidateAccessToken(app, user)
 * }
 */
export async function invalidateAccessToken(
  credentials: AppCredentials,
  user: UserCredentials,
  options: OAuthCallOptions = {},
): Promise<void> {
  const keys = { ...readAppCredentials(credentials), ...readUserCredentials(user) }
  const callOptions = readSignalAndHeaders(options)
  const transport = createTransport(options, [])
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/1.1/oauth/invalidate_token.json',
    authorizer: oauth1Authorizer(keys, transport.now),
    isIdempotent: true,
    ...callOptions,
  })
  checkConfirmation(endpoint, response)
}
