import * as z from 'zod/mini'
import { type Authorizer, basicAuthorizer, noAuthorizer } from '../../auth/authorizer.ts'
import type { Endpoint } from '../../errors/reasons.ts'
import { call } from '../../http/call.ts'
import { createTransport } from '../../http/transport.ts'
import { assertObject, assertSecret } from '../../internal/assert.ts'
import { type OAuthCallOptions, readSignalAndHeaders } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { hideBody, tokenText } from './token-response.ts'

/** An app as OAuth 2.0 knows it. The developer portal shows both values; they are not the API key and its secret. */
export interface OAuth2App {
  /** The OAuth 2.0 client id. */
  readonly clientId: string
  /**
   * The OAuth 2.0 client secret of a confidential client: a web app, or an automated app.
   *
   * @defaultValue not used: the app is a public client, such as a native app, and sends only its client id
   */
  readonly clientSecret?: string | undefined
}

/** The OAuth 2.0 tokens of a user. Pass them as `user` to a client or to a call. */
export interface OAuth2Tokens {
  /** The access token. X accepts it for two hours. */
  readonly bearerToken: string
  /** The token to get the next tokens with. It can be used once. Absent if the scopes do not include `offline.access`. */
  readonly refreshToken?: string | undefined
  /** When the access token expires. */
  readonly expiresAt: Date
  /** What the user allowed. Empty if the response does not list the scopes. */
  readonly scopes: readonly string[]
}

const responseSchema = z.looseObject({
  token_type: z.string().check(z.regex(/^bearer$/i, 'must be "bearer"')),
  access_token: tokenText,
  refresh_token: z.optional(tokenText),
  expires_in: z.optional(z.number().check(z.positive('must be a positive number of seconds'))),
  scope: z.optional(z.string()),
})

/** X accepts an access token for two hours. It is used if the response does not say it, which RFC 6749 allows. */
const defaultLifetimeSeconds = 7200

/** One request to an OAuth 2.0 endpoint of X. */
export interface OAuth2Request<E extends Endpoint> {
  readonly endpoint: E
  readonly path: string
  readonly form: Readonly<Record<string, string>>
  readonly app: OAuth2App
  /** Tokens and codes in the form. They must not appear in an error. */
  readonly secrets: readonly string[]
  readonly isIdempotent: boolean
}

/** Sends a request, authenticated as X requires for the kind of client. The response does not show its body in errors. */
export async function callOAuth2<E extends Endpoint>(request: OAuth2Request<E>, options: OAuthCallOptions) {
  const { endpoint, path, form, app, secrets, isIdempotent } = request
  const callOptions = readSignalAndHeaders(options)
  const { clientId, clientSecret } = app
  const transport = createTransport(options, clientSecret === undefined ? secrets : [...secrets, clientSecret])
  const sentAt = transport.now()
  const response = await call(transport, {
    endpoint,
    method: 'POST',
    path,
    // Without a secret, the client id in the form identifies the app: RFC 6749, section 3.2.1.
    form: clientSecret === undefined ? { ...form, client_id: clientId } : form,
    authorizer: oauth2Authorizer(app),
    isIdempotent,
    ...callOptions,
  })
  return { response: hideBody(response), sentAt }
}

/** Sends a request for tokens. It is not sent again after a lost response: X accepts a code or refresh token once. */
export async function requestOAuth2Tokens<E extends Endpoint>(
  request: Omit<OAuth2Request<E>, 'path' | 'isIdempotent'>,
  options: OAuthCallOptions,
): Promise<OAuth2Tokens> {
  const { response, sentAt } = await callOAuth2({ ...request, path: '/2/oauth2/token', isIdempotent: false }, options)
  const token = readResponse(request.endpoint, response, responseSchema)
  return {
    bearerToken: token.access_token,
    ...(token.refresh_token !== undefined && { refreshToken: token.refresh_token }),
    expiresAt: new Date(sentAt + (token.expires_in ?? defaultLifetimeSeconds) * 1000),
    scopes: token.scope?.split(' ').filter(Boolean) ?? [],
  }
}

/** Checks the app and returns a copy without other fields. */
export function readOAuth2App(input: OAuth2App): OAuth2App {
  assertObject(input, 'input')
  const { clientId, clientSecret } = input
  assertSecret(clientId, 'clientId')
  if (clientSecret !== undefined) assertSecret(clientSecret, 'clientSecret')
  return { clientId, clientSecret }
}

function oauth2Authorizer({ clientId, clientSecret }: OAuth2App): Authorizer {
  if (clientSecret === undefined) return noAuthorizer
  return basicAuthorizer({ consumerKey: clientId, consumerSecret: clientSecret })
}
