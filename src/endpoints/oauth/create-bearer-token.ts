import * as z from 'zod/mini'
import { basicAuthorizer } from '../../auth/authorizer.ts'
import { type AppCredentials, assertAppCredentials } from '../../auth/credentials.ts'
import { type Call, call } from '../../http/call.ts'
import { createTransport, type Transport } from '../../http/transport.ts'
import { type OAuthCallOptions, readSignalAndHeaders } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { hideBody, tokenText } from './token-response.ts'

const endpoint = 'oauth.createBearerToken'
const token = z.looseObject({
  token_type: z.string().check(z.regex(/^bearer$/i, 'must be "bearer"')),
  access_token: tokenText,
})

/**
 * Gets the bearer token of an app, for app-only calls. X returns the same token until it is invalidated. The token is
 * percent-encoded already: send it unchanged.
 *
 * A client gets the token by itself. Use this function if you call X without a client.
 *
 * @throws ApiError if X refuses the keys.
 * @throws TransportError if X does not respond.
 * @throws ResponseError if the response has no bearer token. The error does not contain the body.
 * @throws TypeError or RangeError if a key or an option is missing or invalid.
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
  return fetchBearerToken(createTransport(options, []), credentials, readSignalAndHeaders(options))
}

/** `POST /oauth2/token` */
export async function fetchBearerToken(
  transport: Transport,
  app: AppCredentials,
  callOptions: Pick<Call, 'signal' | 'headers'> = {},
): Promise<string> {
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path: '/oauth2/token',
    form: { grant_type: 'client_credentials' },
    authorizer: basicAuthorizer(app),
    isIdempotent: true,
    ...callOptions,
  })
  return readResponse(endpoint, hideBody(response), token).access_token
}
