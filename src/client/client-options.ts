import type { AppCredentials, OAuth2UserCredentials, UserCredentials, UserSource } from '../auth/credentials.ts'
import type { TransportOptions } from '../http/transport.ts'

/**
 * The options of a client: the keys of the app, and how requests are sent.
 *
 * @typeParam User - The kinds of user token that the API version accepts. All versions accept the default,
 * `UserCredentials`; v2 accepts `OAuth2UserCredentials` as well.
 */
export interface ClientOptions<User extends UserCredentials | OAuth2UserCredentials = UserCredentials>
  extends AppCredentials,
    TransportOptions {
  /**
   * The bearer token of the app, for app-only calls. If X refuses it with a 401, the client gets a new one from X, once
   * per call.
   *
   * @defaultValue the client gets one from X, with the keys of the app, when it is first needed
   */
  readonly bearerToken?: string | undefined
  /**
   * The user that calls in user context act for, if the call has no `user`: credentials, or a function that fetches
   * them. In v1.1 it must be the owner of the app, with an OAuth 1.0a token.
   *
   * @defaultValue no user: a call in user context then needs a `user` of its own
   */
  readonly user?: UserSource<User> | undefined
}
