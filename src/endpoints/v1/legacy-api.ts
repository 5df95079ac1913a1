import type { Authorizer } from '../../auth/authorizer.ts'
import type { UserCredentials } from '../../auth/credentials.ts'
import type { Transport } from '../../http/transport.ts'
import type { SubscriptionList } from '../subscription-list.ts'
import type { Dialect } from './dialect.ts'

/** What every endpoint of version 1.1 is called with: a way to X, its dialect, and the kinds of authentication. */
export interface LegacyApi<List extends SubscriptionList = SubscriptionList> {
  readonly transport: Transport
  readonly dialect: Dialect<List>
  /** App-only: a bearer token. */
  readonly app: Authorizer
  /** OAuth 1.0a on behalf of the owner of the app, who is the user that the client was made with. */
  readonly owner: () => Authorizer
  /** OAuth 1.0a on behalf of the user given, else of the one that the client was made with. */
  readonly userContext: (user: UserCredentials | undefined) => Authorizer
}
