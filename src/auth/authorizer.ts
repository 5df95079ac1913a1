import { assertSecret } from '../internal/assert.ts'
import { toBase64, utf8 } from '../internal/bytes.ts'
import type { Clock } from '../internal/clock.ts'
import type {
  AppCredentials,
  OAuth1Credentials,
  OAuth2UserCredentials,
  UserCredentials,
  UserSource,
} from './credentials.ts'
import { type OAuth1Options, type OAuth1Request, percentEncode, signOAuth1 } from './oauth1.ts'

/** The `Authorization` header of one request. */
export interface Authorization {
  /** The value of the header. Absent if the request is sent without one. */
  readonly header?: string
  /** Texts that must not appear in an error: the header and the credentials in it. */
  readonly secrets: readonly string[]
  /** Discards the token after X refused it with a 401. Absent if it cannot be replaced. */
  readonly discardToken?: () => void
}

/** One kind of authentication. It creates a new header for each request. */
export interface Authorizer {
  authorize(request: {
    readonly method: string
    readonly url: string
    /** Aborted when the call no longer needs the header. */
    readonly signal?: AbortSignal | undefined
  }): Promise<Authorization>
}

/**
 * Checks a bearer token. A token with other characters cannot be sent in a header, and `fetch` would print it in its
 * error.
 */
export function assertBearerToken(value: unknown, label: string): asserts value is string {
  assertSecret(value, label)
  if (!/^[\x21-\x7e]+$/.test(value)) throw new RangeError(`"${label}" must be of visible ASCII characters only`)
}

/** What {@link appOnlyAuthorizer} needs. */
export interface AppOnlyOptions {
  /** The first token to use. Without it, the first request creates one. */
  readonly bearerToken?: string | undefined
  /** Gets a token from X. It is passed in, because this folder does not import `http/`. */
  readonly createToken: (signal: AbortSignal) => Promise<string>
}

/** A bearer token that several calls wait for, or use. */
interface SharedToken {
  readonly text: Promise<string>
  /** Ends the creation of the token. */
  readonly creation: AbortController
  /** The number of calls that wait for the token. */
  waiting: number
  isCreated: boolean
}

/**
 * App-only authentication by a bearer token. The token is created when it is first needed, is shared by all calls, and
 * is replaced after X refused it. A failed creation is not cached: the next call tries again. When the last call that
 * waits for the token is aborted, its creation ends.
 */
export function appOnlyAuthorizer({ bearerToken, createToken }: AppOnlyOptions): Authorizer {
  const share = (create: (signal: AbortSignal) => Promise<string>): SharedToken => {
    const creation = new AbortController()
    return { text: create(creation.signal), creation, waiting: 0, isCreated: false }
  }
  let current = bearerToken === undefined ? undefined : share(async () => bearerToken)
  const authorize: Authorizer['authorize'] = async ({ signal }) => {
    current ??= share(createToken)
    const used = current
    // Several calls may be refused with the same token: only the first one discards it. X returns the same text until a
    // token is invalidated, so tokens are compared by the object that holds them.
    const discardToken = () => {
      if (current === used) current = undefined
    }
    const leave = () => {
      used.waiting -= 1
      if (used.waiting > 0 || used.isCreated) return
      discardToken()
      used.creation.abort()
    }
    used.waiting += 1
    signal?.addEventListener('abort', leave, { once: true })
    try {
      const token = await used.text
      used.isCreated = true
      return { ...bearerAuthorization(token), discardToken }
    } catch (error) {
      discardToken()
      throw error
    } finally {
      signal?.removeEventListener('abort', leave)
      if (!signal?.aborted) used.waiting -= 1
    }
  }
  return { authorize }
}

/** What {@link userContextAuthorizer} needs. */
export interface UserContextOptions {
  readonly app: AppCredentials
  /** Credentials that were checked, or a function that fetches them. */
  readonly user: UserSource
  /** Checks what the function fetched, and returns a copy. */
  readonly readUser: (user: UserCredentials | OAuth2UserCredentials) => UserCredentials | OAuth2UserCredentials
  readonly now: Clock
}

/**
 * User context: an OAuth 1.0a signature, or the OAuth 2.0 access token of the user. Create one for each call: it
 * remembers the token that X refused.
 */
export function userContextAuthorizer({ app, user, readUser, now }: UserContextOptions): Authorizer {
  const authorizeAs = async (
    credentials: UserCredentials | OAuth2UserCredentials,
    request: Parameters<Authorizer['authorize']>[0],
  ) =>
    credentials.bearerToken === undefined
      ? oauth1Authorizer({ ...app, ...credentials }, now).authorize(request)
      : bearerAuthorization(credentials.bearerToken)
  if (typeof user !== 'function') return { authorize: (request) => authorizeAs(user, request) }
  let refusedToken: string | undefined
  const authorize = async (request: Parameters<Authorizer['authorize']>[0]): Promise<Authorization> => {
    const credentials = readUser(await user({ refusedToken }))
    const authorization = await authorizeAs(credentials, request)
    const { bearerToken } = credentials
    // An OAuth 1.0a token does not expire, so it is not fetched again.
    if (bearerToken === undefined) return authorization
    const discardToken = () => {
      refusedToken = bearerToken
    }
    return { ...authorization, discardToken }
  }
  return { authorize }
}

/** What an OAuth 1.0a signature includes in addition to the method and the URL. */
interface SignedParameters extends Pick<OAuth1Options, 'callback' | 'verifier'>, Pick<OAuth1Request, 'form'> {}

/**
 * OAuth 1.0a with a new nonce and timestamp for each request.
 *
 * @param credentials - The keys of the app, and optionally a token: an access token or a request token.
 */
export function oauth1Authorizer(
  credentials: OAuth1Credentials,
  now: Clock,
  { form, ...options }: SignedParameters = {},
): Authorizer {
  const keys = Object.values(credentials).filter((key) => key !== undefined)
  const authorize: Authorizer['authorize'] = async ({ method, url }) => {
    const timestamp = Math.floor(now() / 1000)
    const header = signOAuth1({ method, url, form }, credentials, { ...options, timestamp })
    return { header, secrets: [...keys, ...headerSecrets(header)] }
  }
  return { authorize }
}

/** Basic authentication with the keys of the app, for the token endpoints of OAuth 2.0 (RFC 6749, section 2.3.1). */
export function basicAuthorizer({ consumerKey, consumerSecret }: AppCredentials): Authorizer {
  const header = `Basic ${toBase64(utf8(`${percentEncode(consumerKey)}:${percentEncode(consumerSecret)}`))}`
  const secrets = [consumerKey, consumerSecret, ...headerSecrets(header)]
  return { authorize: async () => ({ header, secrets }) }
}

/** No header: a public client of OAuth 2.0 identifies itself in the form (RFC 6749, section 3.2.1). */
export const noAuthorizer: Authorizer = { authorize: async () => ({ secrets: [] }) }

function bearerAuthorization(token: string): Authorization & { readonly header: string } {
  const header = `Bearer ${token}`
  return { header, secrets: headerSecrets(header) }
}

/** A server may echo the whole header, or only the part after the scheme. */
function headerSecrets(header: string): string[] {
  return [header, header.slice(header.indexOf(' ') + 1)]
}
