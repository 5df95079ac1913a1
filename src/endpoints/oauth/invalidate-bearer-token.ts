import { assertBearerToken, basicAuthorizer } from '../../auth/authorizer.ts'
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

/** How {@link invalidateBearerToken} proves who asks, and how it reaches X. */
export interface InvalidateBearerTokenOptions extends OAuthCallOptions {
  /**
   * The owner of the app. With it the request is signed by OAuth 1.0a, as X's reference has it; without it the app's keys
   * are sent by Basic authentication, as in X's guide.
   */
  readonly user?: UserCredentials
}

const endpoint = 'oauth.invalidateBearerToken'

/**
 * Makes the bearer token of an app worthless, everywhere. {@link createBearerToken} gives out another one.
 *
 * @param bearerToken - As {@link createBearerToken} gave it.
 * @throws ApiError when X refuses the keys or does not know the token, TransportError when there is no answer.
 * @throws TypeError or RangeError when a key, the token or an option is missing, or is not what it should be.
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
 *
 * @example
 * import { type AppCredentials, createBearerToken, invalidateBearerToken } from 'x-account-activity/auth'
 *
 * async function renew(app: AppCredentials, leaked: string): Promise<string> {
 *   await invalidateBearerToken(app, leaked)
 *   return createBearerToken(app)
 * }
 */
export async function invalidateBearerToken(
  credentials: AppCredentials,
  bearerToken: string,
  options: InvalidateBearerTokenOptions = {},
): Promise<void> {
  assertAppCredentials(credentials)
  assertBearerToken(bearerToken, 'bearerToken')
  const signal = readSignal(options)
  const { user } = options
  if (user !== undefined) assertUserCredentials(user)
  const transport = createTransport(options, [bearerToken])
  const form = { access_token: decoded(bearerToken) }
  const { consumerKey, consumerSecret } = credentials
  const app = { consumerKey, consumerSecret }
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/oauth2/invalidate_token',
    form,
    authorizer: user === undefined ? basicAuthorizer(app) : signAs({ ...app, ...copyOf(user) }, transport.now, { form }),
    isIdempotent: true,
    signal,
  })
  acceptEmptyResponse(endpoint, hideBody(answer))
}

function copyOf({ accessToken, accessTokenSecret }: UserCredentials): UserCredentials {
  return { accessToken, accessTokenSecret }
}

/** The token is percent-encoded already, and the form encodes it: X knows it when it is encoded once. */
function decoded(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
