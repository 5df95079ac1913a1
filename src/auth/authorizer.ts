import { assertSecret } from '../internal/assert.ts'
import { toBase64, utf8 } from '../internal/bytes.ts'
import type { Clock } from '../internal/clock.ts'
import type { AppCredentials, OAuth2UserCredentials, UserCredentials } from './credentials.ts'
import { signOAuth1 } from './oauth1.ts'
import { percentEncode } from './percent-encode.ts'

/** The `Authorization` header of one request. */
export interface Authorization {
  readonly header: string
  /** What must not get into an error: the header, and what it was made of. */
  readonly secrets: readonly string[]
  /** Says that X refused this header with a 401. Only where the next one may be another. */
  readonly discardToken?: () => void
}

/** A kind of authentication: writes the header of each request anew. */
export interface Authorizer {
  authorize(request: { readonly method: string; readonly url: string }): Promise<Authorization>
}

/** Checks a bearer token: what cannot stand in a header would be printed whole by the error that says so. */
export function assertBearerToken(value: unknown, label: string): asserts value is string {
  assertSecret(value, label)
  if (!/^[\x21-\x7e]+$/.test(value)) throw new RangeError(`"${label}" must be of visible ASCII characters only`)
}

/** What {@link appOnlyAuthorizer} needs. */
export interface AppOnlyOptions {
  /** The token to begin with, if there is one. */
  readonly bearerToken?: string | undefined
  /** Asks X for a token; given from above, for this room knows no HTTP. */
  readonly createToken: () => Promise<string>
}

/**
 * App-only authentication by a bearer token, which is created on first need, shared by all calls, and replaced once it
 * is refused. A creation that fails is not remembered: the next call tries anew.
 */
export function appOnlyAuthorizer({ bearerToken, createToken }: AppOnlyOptions): Authorizer {
  let current = bearerToken === undefined ? undefined : Promise.resolve(bearerToken)
  const authorize = async (): Promise<Authorization> => {
    current ??= createToken()
    const used = current
    // Of several calls that are refused with one token, the first replaces it, and the others find it replaced. X gives
    // out the same token until it is invalidated, so tokens are told apart by their creation, not by their text.
    const forget = () => {
      if (current === used) current = undefined
    }
    const token = await used.catch((error: unknown) => {
      forget()
      throw error
    })
    return { ...bearer(token), discardToken: forget }
  }
  return { authorize }
}

/** User context: OAuth 1.0a with a fresh nonce and timestamp for each request, or the token of OAuth 2.0 as it is. */
export function userContextAuthorizer(
  app: AppCredentials,
  user: UserCredentials | OAuth2UserCredentials,
  now: Clock,
): Authorizer {
  if ('bearerToken' in user) return { authorize: async () => bearer(user.bearerToken) }
  const authorize = async (request: { method: string; url: string }): Promise<Authorization> => {
    const header = signOAuth1(request, { ...app, ...user }, { timestamp: Math.floor(now() / 1000) })
    return { header, secrets: [...Object.values({ ...app, ...user }), ...headerSecrets(header)] }
  }
  return { authorize }
}

/** The app's keys themselves, as the token endpoints of OAuth want them (RFC 6749, section 2.3.1). */
export function basicAuthorizer({ consumerKey, consumerSecret }: AppCredentials): Authorizer {
  const header = `Basic ${toBase64(utf8(`${percentEncode(consumerKey)}:${percentEncode(consumerSecret)}`))}`
  const secrets = [consumerKey, consumerSecret, ...headerSecrets(header)]
  return { authorize: async () => ({ header, secrets }) }
}

function bearer(token: string): Authorization {
  const header = `Bearer ${token}`
  return { header, secrets: headerSecrets(header) }
}

/** A header may be echoed whole, or without its scheme. */
function headerSecrets(header: string): string[] {
  return [header, header.slice(header.indexOf(' ') + 1)]
}
