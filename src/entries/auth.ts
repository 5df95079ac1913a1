/**
 * Authentication with X: OAuth 1.0a signatures, three-legged OAuth 1.0a to get the access token of a user, and the bearer
 * token of an app.
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
export type { OAuthCallOptions } from '../endpoints/call-options.ts'
export { type AccessTokenInput, type AuthorizedUser, accessToken } from '../endpoints/oauth/access-token.ts'
export { authenticateUrl } from '../endpoints/oauth/authenticate-url.ts'
export { authorizeUrl } from '../endpoints/oauth/authorize-url.ts'
export type { ConsentUrlInput } from '../endpoints/oauth/consent-url.ts'
export { createBearerToken } from '../endpoints/oauth/create-bearer-token.ts'
export { invalidateAccessToken } from '../endpoints/oauth/invalidate-access-token.ts'
export { type InvalidateBearerTokenOptions, invalidateBearerToken } from '../endpoints/oauth/invalidate-bearer-token.ts'
export { type OAuthCallback, readCallback } from '../endpoints/oauth/read-callback.ts'
export { type RequestToken, type RequestTokenInput, requestToken } from '../endpoints/oauth/request-token.ts'
export type { Clock } from '../internal/clock.ts'
