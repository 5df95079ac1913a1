import * as z from 'zod/mini'
import { oauth1Authorizer } from '../../auth/authorizer.ts'
import { type AppCredentials, readAppCredentials, type UserCredentials } from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { createTransport } from '../../http/transport.ts'
import { assertObject, assertSecret } from '../../internal/assert.ts'
import type { Clock } from '../../internal/clock.ts'
import { type OAuthCallOptions, readSignalAndHeaders } from '../call-options.ts'
import { id } from '../schemas.ts'
import { readForm, tokenText } from './token-response.ts'

/** What `accessToken` exchanges for an access token. */
export interface AccessTokenInput {
  /** The request token that the user was sent to X with: `oauthToken` of the callback. */
  readonly oauthToken: string
  /** The verifier: `oauthVerifier` of the callback, or the PIN. */
  readonly oauthVerifier: string
  /**
   * The secret of the request token. RFC 5849 requires it for the signature.
   *
   * @defaultValue not used: the token and the verifier are sent in the query, which X accepts and other servers may
   * refuse
   */
  readonly oauthTokenSecret?: string | undefined
}

/** A user who authorised the app, with an access token. The token does not expire; the user can revoke it. */
export interface AuthorizedUser extends UserCredentials {
  /** The id of the user, 1 to 19 digits. */
  readonly userId: string
  /** The current handle of the user, without `@`. Users can change it. */
  readonly screenName: string
}

const endpoint = 'oauth.accessToken'
const responseSchema = z.looseObject({
  oauth_token: tokenText,
  oauth_token_secret: tokenText,
  user_id: id,
  screen_name: z.string(),
})

/**
 * Gets the access token of a user who came back from X: the last step of three-legged OAuth 1.0a. Pass the result as
 * `user` to a client or to a call.
 *
 * @throws ApiError if X refuses the keys, the token or the verifier.
 * @throws TransportError if X does not respond.
 * @throws ResponseError if the response has no token. The error does not contain the body.
 * @throws TypeError or RangeError if a key, a token or an option is missing or invalid.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 *
 * @example
 * import { accessToken, type AppCredentials, type AuthorizedUser, readCallback } from 'x-account-activity/auth'
 *
 * const secrets = new Map<string, string>()
 *
 * async function finishSignIn(app: AppCredentials, url: string): Promise<AuthorizedUser> {
 *   const callback = readCallback(url)
 *   const oauthTokenSecret = secrets.get(callback.oauthToken)
 *   if (callback.denied || oauthTokenSecret === undefined) throw new Error('The user did not authorise the app.')
 *   return accessToken(app, { ...callback, oauthTokenSecret })
 * }
 */
export async function accessToken(
  credentials: AppCredentials,
  input: AccessTokenInput,
  options: OAuthCallOptions = {},
): Promise<AuthorizedUser> {
  const app = readAppCredentials(credentials)
  assertInput(input)
  const callOptions = readSignalAndHeaders(options)
  const transport = createTransport(options, [input.oauthToken, input.oauthVerifier])
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/oauth/access_token',
    ...authorization(app, input, transport.now),
    // In the worst case, X responds that the verifier was used already. No second token is issued.
    isIdempotent: true,
    ...callOptions,
  })
  const token = readForm(endpoint, response, responseSchema)
  return {
    accessToken: token.oauth_token,
    accessTokenSecret: token.oauth_token_secret,
    userId: token.user_id,
    screenName: token.screen_name,
  }
}

function assertInput(input: AccessTokenInput): void {
  assertObject(input, 'input')
  assertSecret(input.oauthToken, 'oauthToken')
  assertSecret(input.oauthVerifier, 'oauthVerifier')
  if (input.oauthTokenSecret !== undefined) assertSecret(input.oauthTokenSecret, 'oauthTokenSecret')
}

/** Without the secret, the token and the verifier are in the query, as in the examples of X. */
function authorization(app: AppCredentials, input: AccessTokenInput, now: Clock) {
  const { oauthToken, oauthVerifier, oauthTokenSecret } = input
  if (oauthTokenSecret === undefined) {
    const query = { oauth_token: oauthToken, oauth_verifier: oauthVerifier }
    return { query, authorizer: oauth1Authorizer(app, now) }
  }
  const token = { accessToken: oauthToken, accessTokenSecret: oauthTokenSecret }
  return { authorizer: oauth1Authorizer({ ...app, ...token }, now, { verifier: oauthVerifier }) }
}
