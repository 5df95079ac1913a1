import {
  type AppCredentials,
  assertAppCredentials,
  assertUserCredentials,
  type UserCredentials,
} from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { createTransport } from '../../http/transport.ts'
import { acceptEmptyResponse } from '../accept-done.ts'
import { readSignal } from '../read-signal.ts'
import { hideBody } from './hide-body.ts'
import type { OAuthCallOptions } from './oauth-call-options.ts'
import { signAs } from './sign-as.ts'

const endpoint = 'oauth.invalidateAccessToken'

/**
 * Makes the access token of a user worthless, as if the user had taken it back: for one who leaves, or a token that got
 * out.
 *
 * @throws ApiError when X refuses the keys or the token, TransportError when there is no answer.
 * @throws TypeError or RangeError when a key, a token or an option is missing, or is not what it should be.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 *
 * @example
 * import { type AppCredentials, invalidateAccessToken, type UserCredentials } from 'x-account-activity/auth'
 *
 * async function forget(app: AppCredentials, user: UserCredentials): Promise<void> {
 *   await invalidateAccessToken(app, user)
 * }
 */
export async function invalidateAccessToken(
  credentials: AppCredentials,
  user: UserCredentials,
  options: OAuthCallOptions = {},
): Promise<void> {
  assertAppCredentials(credentials)
  assertUserCredentials(user)
  const { consumerKey, consumerSecret } = credentials
  const { accessToken, accessTokenSecret } = user
  const signal = readSignal(options)
  const transport = createTransport(options, [])
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/1.1/oauth/invalidate_token.json',
    authorizer: signAs({ consumerKey, consumerSecret, accessToken, accessTokenSecret }, transport.now),
    isIdempotent: true,
    signal,
  })
  acceptEmptyResponse(endpoint, hideBody(answer))
}
