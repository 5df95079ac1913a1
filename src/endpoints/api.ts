import type { Authorizer } from '../auth/authorizer.ts'
import type { OAuth2UserCredentials, UserCredentials } from '../auth/credentials.ts'
import type { Transport } from '../http/transport.ts'

/** What every v2 endpoint needs: a transport, and an authorizer for each kind of authentication. */
export interface Api {
  readonly transport: Transport
  /** App-only authentication: the bearer token of the app. */
  readonly app: Authorizer
  /** User context: for the given user, or for the `user` of the client. */
  readonly userContext: (user: UserCredentials | OAuth2UserCredentials | undefined) => Authorizer
}
