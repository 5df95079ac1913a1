import { assertObject, assertSecret } from '../internal/assert.ts'

/** The two keys of an app, as the developer portal shows them ("API key" and "API key secret"). */
export interface AppCredentials {
  readonly consumerKey: string
  readonly consumerSecret: string
}

/** The access token that a user gave to an app by OAuth 1.0a; it does not expire. */
export interface UserCredentials {
  readonly accessToken: string
  readonly accessTokenSecret: string
}

/** The access token that a user gave to an app by OAuth 2.0, with the scopes `dm.read dm.write tweet.read users.read`. */
export interface OAuth2UserCredentials {
  readonly bearerToken: string
}

/** What {@link signOAuth1} signs with: the app alone, or the app for a user. */
export interface OAuth1Credentials extends AppCredentials, Partial<UserCredentials> {}

/** Checks the keys of an app: both there, neither empty nor with white space at its ends. */
export function assertAppCredentials(credentials: unknown): asserts credentials is AppCredentials {
  assertObject(credentials, 'credentials')
  const { consumerKey, consumerSecret } = credentials as Partial<AppCredentials>
  assertSecret(consumerKey, 'consumerKey')
  assertSecret(consumerSecret, 'consumerSecret')
}

/** Checks the token of a user: both halves of it. */
export function assertUserCredentials(credentials: unknown): asserts credentials is UserCredentials {
  assertObject(credentials, 'user')
  const { accessToken, accessTokenSecret } = credentials as Partial<UserCredentials>
  assertSecret(accessToken, 'accessToken')
  assertSecret(accessTokenSecret, 'accessTokenSecret')
}
