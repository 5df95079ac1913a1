/**
 * Authentication with X: OAuth 1.0a signatures, the access token of a user by three-legged OAuth 1.0a or by OAuth 2.0 with
 * PKCE, and the bearer token of an app.
 *
 * @module
 */
export type {
  AppCredentials,
  OAuth1Credentials,
  OAuth2UserCredentials,
  UserCredentials,
  UserRequest,
  UserSource,
} from '../auth/credentials.ts'
export { type OAuth1Form, type OAuth1Options, type OAuth1Request, signOAuth1 } from '../auth/oauth1.ts'
export { createPkce, type Pkce } from '../auth/pkce.ts'
export type { OAuthCallOptions } from '../endpoints/call-options.ts'
export { type AccessTokenInput, type AuthorizedUser, accessToken } from '../endpoints/oauth/access-token.ts'
export { authenticateUrl } from '../endpoints/oauth/authenticate-url.ts'
export { authorizeUrl } from '../endpoints/oauth/authorize-url.ts'
export type { ConsentUrlInput } from '../endpoints/oauth/consent-url.ts'
export { createBearerToken } from '../endpoints/oauth/create-bearer-token.ts'
export { createOAuth2User, type OAuth2UserInput } from '../endpoints/oauth/create-oauth2-user.ts'
export { exchangeOAuth2Code, type OAuth2CodeInput } from '../endpoints/oauth/exchange-oauth2-code.ts'
export { invalidateAccessToken } from '../endpoints/oauth/invalidate-access-token.ts'
export { type InvalidateBearerTokenOptions, invalidateBearerToken } from '../endpoints/oauth/invalidate-bearer-token.ts'
export { type OAuth2AuthorizeUrlInput, oauth2AuthorizeUrl } from '../endpoints/oauth/oauth2-authorize-url.ts'
export type { OAuth2App, OAuth2Tokens } from '../endpoints/oauth/oauth2-tokens.ts'
export { type OAuthCallback, readCallback } from '../endpoints/oauth/read-callback.ts'
export { type OAuth2RefreshInput, refreshOAuth2Tokens } from '../endpoints/oauth/refresh-oauth2-tokens.ts'
export { type RequestToken, type RequestTokenInput, requestToken } from '../endpoints/oauth/request-token.ts'
export { type OAuth2RevokeInput, revokeOAuth2Token } from '../endpoints/oauth/revoke-oauth2-token.ts'
export type { Clock } from '../internal/clock.ts'
