import type { UserCredentials } from '../auth/credentials.ts'
import type { UserCallOptions } from '../endpoints/call-options.ts'
import type { SubscriptionList } from '../endpoints/subscription-list.ts'
import type { AccountActivityClient, SubscriptionsClient } from './account-activity-client.ts'

/** The calls that the premium and the enterprise API have in common. */
export interface LegacyClient<List extends SubscriptionList = SubscriptionList> extends AccountActivityClient {
  /** Creates, checks, lists, deletes and counts subscriptions. */
  readonly subscriptions: LegacySubscriptionsClient<List>
}

/** The subscriptions of an app in v1.1, where an app can also delete a subscription with the token of the user. */
export interface LegacySubscriptionsClient<List extends SubscriptionList = SubscriptionList>
  extends SubscriptionsClient<UserCredentials, List> {
  /**
   * Deletes the subscription of the `user` of the call or of the client, with the token of that user. X calls it
   * deprecated, and v2 does not have it. Use `delete` to delete the subscription of any user.
   *
   * @throws ApiError with reason `SubscriptionNotFound` or `WebhookIdInvalid`, or with a general reason. Its `endpoint`
   * is `subscriptions.delete`.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws TypeError if neither the call nor the client has a `user`.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
   */
  deleteOwn(webhookId: string, options?: UserCallOptions<UserCredentials>): Promise<void>
}
