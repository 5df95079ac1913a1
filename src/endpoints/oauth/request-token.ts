import * as z from 'zod/mini'
import { type AppCredentials, assertAppCredentials } from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { createTransport } from '../../http/transport.ts'
import { assertObject, assertOneOf, assertText } from '../../internal/assert.ts'
import { readSignal } from '../read-signal.ts'
import type { OAuthCallOptions } from './oauth-call-options.ts'
import { readForm } from './read-form.ts'
import { signAs } from './sign-as.ts'
import { tokenText } from './token-text.ts'

/** What a request token is asked for with. */
export interface RequestTokenInput {
  /**
   * Where X sends the user back to: a URL that the settings of the app list, letter by letter, or `oob` for a PIN that the
   * user types in.
   */
  readonly callback: string
  /** Asks for less, or more, than the settings of the app do; it cannot ask for direct messages. */
  readonly accessType?: 'read' | 'write'
}

/** The token that a user is sent to X with. */
export interface RequestToken {
  readonly oauthToken: string
  /** To be kept on the server until the user comes back, under `oauthToken`. */
  readonly oauthTokenSecret: string
  /** That X will use the callback of this call, and no other. It is never false: see the errors. */
  readonly callbackConfirmed: true
}

const endpoint = 'oauth.requestToken'
const answered = z.looseObject({
  oauth_token: tokenText,
  oauth_token_secret: tokenText,
  oauth_callback_confirmed: z.literal('true'),
})

/**
 * A token to send a user to X with: the first of the three legs of OAuth 1.0a. Then comes {@link authorizeUrl}, and
 * {@link accessToken} when the user is back.
 *
 * @throws ApiError when X refuses the keys or the callback, TransportError when there is no answer.
 * @throws ResponseError when X does not confirm the callback: somebody else could be waiting at another one.
 * @throws TypeError or RangeError when a key, the callback or an option is missing, or is not what it should be.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 *
 * @example
 * import { type AppCredentials, authorizeUrl, requestToken } from 'x-account-activity/auth'
 *
 * const secrets = new Map<string, string>()
 *
 * async function signIn(app: AppCredentials): Promise<Response> {
 *   const { oauthToken, oauthTokenSecret } = await requestToken(app, { callback: 'https://app.example/callback' })
 *   secrets.set(oauthToken, oauthTokenSecret)
 *   return Response.redirect(authorizeUrl({ oauthToken }))
 * }
 */
export async function requestToken(
  credentials: AppCredentials,
  input: RequestTokenInput,
  options: OAuthCallOptions = {},
): Promise<RequestToken> {
  assertAppCredentials(credentials)
  const { consumerKey, consumerSecret } = credentials
  const { callback, accessType } = readInput(input)
  const signal = readSignal(options)
  const transport = createTransport(options, [])
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/oauth/request_token',
    ...(accessType !== undefined && { query: { x_auth_access_type: accessType } }),
    authorizer: signAs({ consumerKey, consumerSecret }, transport.now, { callback }),
    isIdempotent: true,
    signal,
  })
  const token = readForm(endpoint, answer, answered)
  return { oauthToken: token.oauth_token, oauthTokenSecret: token.oauth_token_secret, callbackConfirmed: true }
}

function readInput(input: RequestTokenInput): RequestTokenInput {
  assertObject(input, 'input')
  assertText(input.callback, 'callback')
  if (input.callback !== 'oob' && (/\s/.test(input.callback) || !URL.canParse(input.callback))) {
    throw new RangeError('"callback" must be an absolute URL, or "oob"')
  }
  if (input.accessType !== undefined) assertOneOf(input.accessType, ['read', 'write'], 'accessType')
  return input
}
