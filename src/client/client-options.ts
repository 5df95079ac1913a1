import type { AppCredentials, OAuth2UserCredentials, UserCredentials } from '../auth/credentials.ts'
import type { TransportOptions } from '../http/transport.ts'

/** What a client is made of: the keys of an app, and how to reach X. */
export interface ClientOptions extends AppCredentials, TransportOptions {
  /**
   * The app's bearer token, where there is one; otherwise it is created from the keys when it is first needed. Either
   * way it is replaced once per call by a new one when X answers with a 401.
   */
  readonly bearerToken?: string
  /** The user that calls in user context act for, unless they name one. In version 1.1, OAuth 1.0a only. */
  readonly user?: UserCredentials | OAuth2UserCredentials
}
