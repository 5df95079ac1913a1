import type { OAuth2UserCredentials, UserCredentials } from '../auth/credentials.ts'
import type { WebhookSubscriptionList } from '../endpoints/subscription-list.ts'
import type { ReplayCallOptions } from '../endpoints/v2/create-replay.ts'
import type { AccountActivityClient, ReplayClient, SubscriptionsClient } from './account-activity-client.ts'

/** The endpoints of X's Account Activity API, version 2. */
export interface Client extends AccountActivityClient {
  readonly subscriptions: SubscriptionsClient<UserCredentials | OAuth2UserCredentials, WebhookSubscriptionList>
  readonly replay: ReplayClient<ReplayCallOptions>
}
