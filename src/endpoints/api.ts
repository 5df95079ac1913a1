import type { Authorizer } from '../auth/authorizer.ts'
import type { UserSource } from '../auth/credentials.ts'
import type { Transport } from '../http/transport.ts'
import type { ReplayEndpoint } from './replay-job.ts'

/** What every v2 endpoint needs: a transport, and an authorizer for each kind of authentication. */
export interface Api {
  readonly transport: Transport
  /** The consumer secret of the app. */
  readonly consumerSecret: string
  /** App-only authentication: the bearer token of the app. */
  readonly app: Authorizer
  /** User context: for the given user, or for the `user` of the client. */
  readonly userContext: (user: UserSource | undefined) => Authorizer
  /** Whether the client has a `user`. */
  readonly hasUser: boolean
  /** The replay endpoint that this server has. All clients that `as` returns share it. */
  readonly replayEndpoint: { known: ReplayEndpoint | undefined }
  /** The same, with another `user` of the client. */
  readonly as: (user: UserSource) => Api
}
