import { assertObject, assertSecret } from '../internal/assert.ts'
import type { Awaitable } from '../internal/awaitable.ts'

/** The two keys of an app. The developer portal shows them as "API key" and "API key secret". */
export interface AppCredentials {
  /** The API key, which identifies the app. It must not be empty, nor begin or end with white space. */
  readonly consumerKey: string
  /** The API key secret. It must not be empty, nor begin or end with white space. */
  readonly consumerSecret: string
}

/**
 * An OAuth 1.0a access token of a user, with its secret. It does not expire; the user can revoke it.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-1-0a/obtaining-user-access-tokens
 */
export interface UserCredentials {
  /** The access token. It must not be empty, nor begin or end with white space. */
  readonly accessToken: string
  /** The secret of the access token. It must not be empty, nor begin or end with white space. */
  readonly accessTokenSecret: string
  /** Absent: a user has one kind of token. */
  readonly bearerToken?: undefined
}

/**
 * An OAuth 2.0 access token of a user. Only v2 accepts it.
 *
 * @see https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 */
export interface OAuth2UserCredentials {
  /**
   * The access token, with the scopes `dm.read dm.write tweet.read users.read`. It expires after two hours: see
   * `createOAuth2User`, which refreshes it.
   */
  readonly bearerToken: string
  /** Absent: a user has one kind of token. */
  readonly accessToken?: undefined
  /** Absent: a user has one kind of token. */
  readonly accessTokenSecret?: undefined
}

/** What a function that fetches the credentials of a user is called with. */
export interface UserRequest {
  /**
   * The OAuth 2.0 token that X refused with a 401 in this call. If the function returns another one, the request is sent
   * again, once.
   *
   * @defaultValue absent: X did not refuse a token in this call
   */
  readonly refusedToken?: string | undefined
}

/**
 * A user: credentials, or a function that fetches them. The function is called before each request in user context, so
 * it should keep what it fetched.
 *
 * @typeParam User - The kinds of user token that the API version accepts.
 */
export type UserSource<User = UserCredentials | OAuth2UserCredentials> =
  | User
  | ((request: UserRequest) => Awaitable<User>)

/** The keys that `signOAuth1` signs with: those of the app, and optionally those of a user. */
export interface OAuth1Credentials extends AppCredentials {
  /** The access token of the user that the request acts for. Without it, the app signs for itself. */
  readonly accessToken?: string | undefined
  /** The secret of `accessToken`. Both must be given, or none. */
  readonly accessTokenSecret?: string | undefined
}

/** Checks the keys of an app. */
export function assertAppCredentials(credentials: unknown): asserts credentials is AppCredentials {
  assertObject(credentials, 'credentials')
  const { consumerKey, consumerSecret } = credentials as Partial<AppCredentials>
  assertSecret(consumerKey, 'consumerKey')
  assertSecret(consumerSecret, 'consumerSecret')
}

/** Checks the OAuth 1.0a access token of a user, and its secret. */
export function assertUserCredentials(credentials: unknown): asserts credentials is UserCredentials {
  assertObject(credentials, 'user')
  const { accessToken, accessTokenSecret } = credentials as Partial<UserCredentials>
  assertSecret(accessToken, 'accessToken')
  assertSecret(accessTokenSecret, 'accessTokenSecret')
}

/** Checks the keys of an app and returns a copy without other fields. */
export function readAppCredentials(credentials: unknown): AppCredentials {
  assertAppCredentials(credentials)
  return { consumerKey: credentials.consumerKey, consumerSecret: credentials.consumerSecret }
}

/** Checks the OAuth 1.0a access token of a user and returns a copy without other fields. */
export function readUserCredentials(credentials: unknown): UserCredentials {
  assertUserCredentials(credentials)
  return { accessToken: credentials.accessToken, accessTokenSecret: credentials.accessTokenSecret }
}
