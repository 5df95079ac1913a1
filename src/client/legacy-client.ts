import type { UserCredentials } from '../auth/credentials.ts'
import type { UserCallOptions } from '../endpoints/api.ts'
import type { SubscriptionList } from '../endpoints/subscription-list.ts'
import type { AccountActivityClient, SubscriptionsClient } from './account-activity-client.ts'

/** What premium and enterprise, version 1.1, have in common. */
export interface LegacyClient<List extends SubscriptionList = SubscriptionList> extends AccountActivityClient {
  readonly subscriptions: LegacySubscriptionsClient<List>
}

/** Subscriptions in version 1.1, where a user can leave with a token of his own. */
export interface LegacySubscriptionsClient<List extends SubscriptionList = SubscriptionList>
  extends SubscriptionsClient<UserCredentials, List> {
  /**
   * Ends the subscription of the user whose token it is sent with. X calls it deprecated and v2 has none: `delete` ends
   * the subscription of any user.
   */
  deleteOwn(webhookId: string, options?: UserCallOptions<UserCredentials>): Promise<void>
}
