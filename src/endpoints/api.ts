import type { Authorizer } from '../auth/authorizer.ts'
import type { OAuth2UserCredentials, UserCredentials } from '../auth/credentials.ts'
import type { Transport } from '../http/transport.ts'

/** What every endpoint is called with: a way to X, and the kinds of authentication. */
export interface Api {
  readonly transport: Transport
  /** App-only: a bearer token. */
  readonly app: Authorizer
  /** User context: for the user given, else for the one that the client was made with. */
  readonly userContext: (user: UserCredentials | OAuth2UserCredentials | undefined) => Authorizer
}

/** What every call takes last. */
export interface CallOptions {
  /** Ends the call, wherever it is: before it is sent, while it waits for X, or between two attempts. */
  readonly signal?: AbortSignal
}

/** What a call in user context takes last. */
export interface UserCallOptions<User = UserCredentials | OAuth2UserCredentials> extends CallOptions {
  /** The user to act for; the client's `user` unless given. */
  readonly user?: User
}
