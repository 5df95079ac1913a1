import type { Authorizer } from '../../auth/authorizer.ts'
import type { UserCredentials, UserSource } from '../../auth/credentials.ts'
import type { Transport } from '../../http/transport.ts'
import type { SubscriptionList } from '../subscription-list.ts'
import type { Dialect } from './dialect.ts'

/** What every v1.1 endpoint needs: a transport, a dialect, and an authorizer for each kind of authentication. */
export interface LegacyApi<List extends SubscriptionList = SubscriptionList> {
  readonly transport: Transport
  /** The consumer secret of the app. */
  readonly consumerSecret: string
  readonly dialect: Dialect<List>
  /** App-only authentication: the bearer token of the app. */
  readonly app: Authorizer
  /** OAuth 1.0a for the owner of the app, which is the `user` of the client. */
  readonly owner: () => Authorizer
  /** OAuth 1.0a for the given user, or for the `user` of the client. */
  readonly userContext: (user: UserSource<UserCredentials> | undefined) => Authorizer
  /** The same, with another `user` of the client. */
  readonly as: (user: UserSource<UserCredentials>) => LegacyApi<List>
}
