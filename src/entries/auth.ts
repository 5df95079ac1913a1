/**
 * Authentication as X wants it: OAuth 1.0a signatures, and the app's bearer token.
 *
 * @module
 */
export type {
  AppCredentials,
  OAuth1Credentials,
  OAuth2UserCredentials,
  UserCredentials,
} from '../auth/credentials.ts'
export { type OAuth1Options, type OAuth1Request, signOAuth1 } from '../auth/oauth1.ts'
export { type BearerTokenOptions, createBearerToken } from '../endpoints/oauth/create-bearer-token.ts'
export type { Clock } from '../internal/clock.ts'
