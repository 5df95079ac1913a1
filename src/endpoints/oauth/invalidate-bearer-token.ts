import { assertBearerToken, basicAuthorizer, oauth1Authorizer } from '../../auth/authorizer.ts'
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

/** The options of {@link invalidateBearerToken}. */
export interface InvalidateBearerTokenOptions extends OAuthCallOptions {
  /**
   * The owner of the app. If given, the request is signed with OAuth 1.0a, as in the reference of X.
   *
   * @defaultValue not used: the keys of the app are sent with Basic authentication, as in the guide of X
   */
  readonly user?: UserCredentials | undefined
}

const endpoint = 'oauth.invalidateBearerToken'

/**
 * Invalidates the bearer token of an app, in all places that use it. Afterwards `createBearerToken` gets a new token.
 * Use it when a token became known to others.
 *
 * @param bearerToken - The token, as `createBearerToken` returned it.
 * @throws ApiError if X refuses the keys, or does not know the token.
 * @throws TransportError if X does not respond.
 * @throws ResponseError if the response does not have a documented form.
 * @throws TypeError or RangeError if a key, the token or an option is missing or invalid.
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
  const app = readAppCredentials(credentials)
  assertBearerToken(bearerToken, 'bearerToken')
  const callOptions = readSignalAndHeaders(options)
  const user = options.user === undefined ? undefined : readUserCredentials(options.user)
  const transport = createTransport(options, [bearerToken])
  const form = { access_token: decodeToken(bearerToken) }
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/oauth2/invalidate_token',
    form,
    authorizer:
      user === undefined ? basicAuthorizer(app) : oauth1Authorizer({ ...app, ...user }, transport.now, { form }),
    isIdempotent: true,
    ...callOptions,
  })
  checkConfirmation(endpoint, response)
}

/** X expects the token percent-encoded once. The token is encoded already, and the form encodes it again. */
function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
