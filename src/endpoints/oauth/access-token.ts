import * as z from 'zod/mini'
import { type AppCredentials, assertAppCredentials, type UserCredentials } from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { createTransport } from '../../http/transport.ts'
import { assertObject, assertSecret } from '../../internal/assert.ts'
import type { Clock } from '../../internal/clock.ts'
import { readSignal } from '../read-signal.ts'
import { id } from '../schemas.ts'
import type { OAuthCallOptions } from './oauth-call-options.ts'
import { readForm } from './read-form.ts'
import { signAs } from './sign-as.ts'
import { tokenText } from './token-text.ts'

/** What an access token is given out for. */
export interface AccessTokenInput {
  /** The request token that the user was sent to X with. */
  readonly oauthToken: string
  /** What X sent the user back with: `oauth_verifier` of the callback, or the PIN. */
  readonly oauthVerifier: string
  /** The secret of the request token, with which RFC 5849 signs. X does without; other servers may not. */
  readonly oauthTokenSecret?: string
}

/** A user who has let the app act for the account. It does not expire; the user can take it back. */
export interface AuthorizedUser extends UserCredentials {
  readonly userId: string
  /** The name at this time, without `@`; users change it. */
  readonly screenName: string
}

const endpoint = 'oauth.accessToken'
const answered = z.looseObject({
  oauth_token: tokenText,
  oauth_token_secret: tokenText,
  user_id: id,
  screen_name: z.string(),
})

/**
 * The access token of a user who came back from X: the last of the three legs of OAuth 1.0a. It is what `user` of a client
 * takes.
 *
 * @throws ApiError when X refuses the keys, the token or the verifier, TransportError when there is no answer.
 * @throws ResponseError when the answer holds no token; it does not show the body.
 * @throws TypeError or RangeError when a key, a token or an option is missing, or is not what it should be.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 *
 * @example
 * import { accessToken, type AppCredentials, type AuthorizedUser, readCallback } from 'x-account-activity/auth'
 *
 * async function comeBack(app: AppCredentials, url: string, secrets: Map<string, string>): Promise<AuthorizedUser> {
 *   const callback = readCallback(url)
 *   const oauthTokenSecret = secrets.get(callback.oauthToken)
 *   if (callback.denied || oauthTokenSecret === undefined) throw new Error('not authorised')
 *   return accessToken(app, { ...callback, oauthTokenSecret })
 * }
 */
export async function accessToken(
  credentials: AppCredentials,
  input: AccessTokenInput,
  options: OAuthCallOptions = {},
): Promise<AuthorizedUser> {
  assertAppCredentials(credentials)
  assertInput(input)
  const signal = readSignal(options)
  const transport = createTransport(options, [input.oauthToken, input.oauthVerifier])
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/oauth/access_token',
    ...authorization(credentials, input, transport.now),
    // At worst X says that the verifier was used: no second token comes of it.
    isIdempotent: true,
    signal,
  })
  const token = readForm(endpoint, answer, answered)
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

/** Without the secret the token and its verifier stand in the query, as X's own examples have it. */
function authorization({ consumerKey, consumerSecret }: AppCredentials, input: AccessTokenInput, now: Clock) {
  const { oauthToken, oauthVerifier, oauthTokenSecret } = input
  if (oauthTokenSecret === undefined) {
    const query = { oauth_token: oauthToken, oauth_verifier: oauthVerifier }
    return { query, authorizer: signAs({ consumerKey, consumerSecret }, now) }
  }
  const token = { accessToken: oauthToken, accessTokenSecret: oauthTokenSecret }
  return { authorizer: signAs({ consumerKey, consumerSecret, ...token }, now, { verifier: oauthVerifier }) }
}
