import * as z from 'zod/mini'
import { oauth1Authorizer } from '../../auth/authorizer.ts'
import { type AppCredentials, readAppCredentials } from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { createTransport } from '../../http/transport.ts'
import { assertObject, assertOneOf, assertText } from '../../internal/assert.ts'
import { type OAuthCallOptions, readSignalAndHeaders } from '../call-options.ts'
import { readForm, tokenText } from './token-response.ts'

/** The parameters of `requestToken`. */
export interface RequestTokenInput {
  /**
   * The URL that X sends the user back to. It must be exactly one of the callback URLs in the settings of the app. With
   * `oob`, X shows a PIN instead, which the user types into your app.
   */
  readonly callback: string
  /**
   * Overrides the permission in the settings of the app. `write` means read and write; neither value includes direct
   * messages.
   *
   * @defaultValue the permission in the settings of the app
   */
  readonly accessType?: 'read' | 'write' | undefined
}

/** A request token: it starts the sign-in of one user. */
export interface RequestToken {
  /** The token to pass to `authorizeUrl` or `authenticateUrl`. The callback has it again. */
  readonly oauthToken: string
  /** The secret of the token. Keep it on the server, under `oauthToken`, until the user comes back. */
  readonly oauthTokenSecret: string
  /** X confirmed the callback URL. It is never `false`: without a confirmation, the call throws a `ResponseError`. */
  readonly callbackConfirmed: true
}

const endpoint = 'oauth.requestToken'
const responseSchema = z.looseObject({
  oauth_token: tokenText,
  oauth_token_secret: tokenText,
  oauth_callback_confirmed: z.literal('true'),
})

/**
 * Gets a request token: the first step of three-legged OAuth 1.0a. Then send the user to `authorizeUrl`, and call
 * `accessToken` when the user comes back.
 *
 * @throws ApiError if X refuses the keys or the callback.
 * @throws TransportError if X does not respond.
 * @throws ResponseError if X does not confirm the callback. X could then send the user to another URL.
 * @throws TypeError or RangeError if a key, the callback or an option is missing or invalid.
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 *
 * @example
 * import { type AppCredentials, authorizeUrl, requestToken } from 'x-account-activity/auth'
 *
 * const secrets = new Map<string, string>()
 *
 * async function startSignIn(app: AppCredentials): Promise<Response> {
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
  const app = readAppCredentials(credentials)
  const { callback, accessType } = readInput(input)
  const callOptions = readSignalAndHeaders(options)
  const transport = createTransport(options, [])
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/oauth/request_token',
    ...(accessType !== undefined && { query: { x_auth_access_type: accessType } }),
    authorizer: oauth1Authorizer(app, transport.now, { callback }),
    isIdempotent: true,
    ...callOptions,
  })
  const token = readForm(endpoint, response, responseSchema)
  return { oauthToken: token.oauth_token, oauthTokenSecret: token.oauth_token_secret, callbackConfirmed: true }
}

function readInput(input: RequestTokenInput): RequestTokenInput {
  assertObject(input, 'input')
  assertText(input.callback, 'callback')
  if (input.callback !== 'oob' && (/\s/.test(input.callback) || !URL.canParse(input.callback))) {
    throw new RangeError('"callback" must be an absolute URL or "oob"')
  }
  if (input.accessType !== undefined) assertOneOf(input.accessType, ['read', 'write'], 'accessType')
  return input
}
