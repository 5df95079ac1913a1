import type { CallOptions } from '../endpoints/api.ts'
import type { Environment } from '../endpoints/premium/list-environments.ts'
import type { EnvironmentSubscriptionList } from '../endpoints/subscription-list.ts'
import type { LegacyClient } from './legacy-client.ts'

/** The endpoints of one environment of X's premium Account Activity API, version 1.1. */
export interface PremiumClient extends LegacyClient<EnvironmentSubscriptionList> {
  readonly environments: EnvironmentsClient
}

/** The environments of the app, this one and the others. */
export interface EnvironmentsClient {
  /** Each environment of the app with its webhooks. App-only. */
  list(options?: CallOptions): Promise<Environment[]>
}
