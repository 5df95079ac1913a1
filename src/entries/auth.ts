/**
 * Authentication as X wants it: OAuth 1.0a signatures, the three legs to a user's access token, and the
 * app's bearer token.
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
export { type AccessTokenInput, type AuthorizedUser, accessToken } from '../endpoints/oauth/access-token.ts'
export { authenticateUrl } from '../endpoints/oauth/authenticate-url.ts'
export { authorizeUrl } from '../endpoints/oauth/authorize-url.ts'
export type { ConsentUrlInput } from '../endpoints/oauth/consent-url.ts'
export { createBearerToken } from '../endpoints/oauth/create-bearer-token.ts'
export { invalidateAccessToken } from '../endpoints/oauth/invalidate-access-token.ts'
export { type InvalidateBearerTokenOptions, invalidateBearerToken } from '../endpoints/oauth/invalidate-bearer-token.ts'
export type { OAuthCallOptions } from '../endpoints/oauth/oauth-call-options.ts'
export { type OAuthCallback, readCallback } from '../endpoints/oauth/read-callback.ts'
export { type RequestToken, type RequestTokenInput, requestToken } from '../endpoints/oauth/request-token.ts'
export type { Clock } from '../internal/clock.ts'
