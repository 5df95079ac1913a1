import type { WebhookSubscriptionList } from '../endpoints/subscription-list.ts'
import type { ReplayClient } from './account-activity-client.ts'
import type { LegacyClient } from './legacy-client.ts'

/** The endpoints of X's enterprise Account Activity API, version 1.1. */
export interface EnterpriseClient extends LegacyClient<WebhookSubscriptionList> {
  readonly replay: ReplayClient
}
