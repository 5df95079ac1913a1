import * as z from 'zod/mini'
import { basicAuthorizer } from '../../auth/authorizer.ts'
import { type AppCredentials, assertAppCredentials } from '../../auth/credentials.ts'
import { call } from '../../http/call.ts'
import { createTransport, type Transport } from '../../http/transport.ts'
import { readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { hideBody } from './hide-body.ts'
import type { OAuthCallOptions } from './oauth-call-options.ts'
import { tokenText } from './token-text.ts'

const endpoint = 'oauth.createBearerToken'
const token = z.looseObject({
  token_type: z.string().check(z.regex(/^bearer$/i, 'must be "bearer"')),
  access_token: tokenText,
})

/**
 * The bearer token of an app, for calls that need no user. X gives out the same one until it is invalidated. It is
 * percent-encoded: send it as it is.
 *
 * A client creates it on its own; this is for use without one.
 *
 * @throws ApiError when X refuses the keys, TransportError when there is no answer.
 * @throws TypeError or RangeError when a key or an option is missing, or is not what it should be.
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/application-only
 *
 * @example
 * import { createBearerToken } from 'x-account-activity/auth'
 *
 * async function authorization(consumerKey: string, consumerSecret: string): Promise<string> {
 *   return `Bearer ${await createBearerToken({ consumerKey, consumerSecret })}`
 * }
 */
export async function createBearerToken(credentials: AppCredentials, options: OAuthCallOptions = {}): Promise<string> {
  assertAppCredentials(credentials)
  return fetchBearerToken(createTransport(options, []), credentials, readSignal(options))
}

/** `POST /oauth2/token` */
export async function fetchBearerToken(
  transport: Transport,
  app: AppCredentials,
  signal?: AbortSignal,
): Promise<string> {
  const answer = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/oauth2/token',
    form: { grant_type: 'client_credentials' },
    authorizer: basicAuthorizer(app),
    isIdempotent: true,
    signal,
  })
  return readResponse(endpoint, hideBody(answer), token).access_token
}
