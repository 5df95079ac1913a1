import type { ActivityStreamOptions } from '../endpoints/activity/activity-stream.ts'
import type { ActivitySubscription } from '../endpoints/activity/activity-subscription.ts'
import type { ActivitySubscriptionInput } from '../endpoints/activity/create-activity-subscription.ts'
import type { ActivityDeletionResult } from '../endpoints/activity/delete-activity-subscriptions.ts'
import type { ActivitySubscriptionListOptions } from '../endpoints/activity/list-activity-subscriptions.ts'
import type { ActivitySubscriptionChanges } from '../endpoints/activity/update-activity-subscription.ts'
import type { CallOptions, UserCallOptions } from '../endpoints/call-options.ts'
import type { Delivery } from '../events/events.ts'

/**
 * The X Activity API, which succeeds the Account Activity API.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export interface ActivityClient {
  /** Creates, lists, changes and deletes activity subscriptions. */
  readonly subscriptions: ActivitySubscriptionsClient
  /**
   * Opens a stream of the events of all activity subscriptions of the app. The call is app-only. An app without a public
   * URL uses it instead of a webhook.
   *
   * The stream has one connection, which is opened at the first step of the iteration and kept open: after a fault it is
   * opened again, after the wait that X asks for. Bytes are read only when the loop asks for the next delivery, so a slow
   * loop does not fill the memory; X closes the connection of a loop that is too slow. X does not send again what it sent
   * while there was no connection, except with `backfillMinutes`. To pass the deliveries to a receiver, use `runStream`.
   *
   * The iteration throws:
   *
   * - an `ApiError` with reason `TooManyConnections` if other processes have all connections that the plan allows. If the
   *   stream was connected before, it waits instead, because X may still count its last connection;
   * - an `ApiError` with a general reason if X refuses the stream for good, for example with a 403;
   * - a `TransportError` with reason `aborted` if the signal is aborted, or with reason `network` if the limit of `retry` is
   *   reached, or the TLS certificate is not accepted.
   *
   * @returns The deliveries. Each iteration opens a connection of its own.
   * @throws TypeError or RangeError if an option is invalid.
   * @see https://docs.x.com/x-api/activity/introduction
   *
   * @example
   * import type { Client } from 'x-account-activity'
   *
   * async function print(client: Client, signal: AbortSignal): Promise<void> {
   *   for await (const delivery of client.activity.stream({ signal })) {
   *     for (const event of delivery.events) console.log(event.type, event.id)
   *   }
   * }
   */
  stream(options?: ActivityStreamOptions): AsyncIterable<Delivery>
}

/**
 * The activity subscriptions of an app. Each one delivers the events of one type that match a filter, for example the
 * mentions of one account.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export interface ActivitySubscriptionsClient {
  /**
   * Subscribes to one event type. The event type decides which token is used:
   *
   * - a public event, such as `post.create`, uses the bearer token of the app, or the `user` of the call if it has one;
   * - a private event, such as `dm.received`, uses the token of the `user` of the call or of the client. It must be the
   *   account in `filter.userId`;
   * - `follow.follow` and `follow.unfollow` use the token of the `user` of the call or of the client if there is one, and
   *   the bearer token otherwise, because the plan decides which token X accepts.
   *
   * If the app has this subscription already, with the same event type and filter, the call returns the existing one. Its
   * tag and its webhook may differ from those of the call: use `update` to change them.
   *
   * @returns The subscription. Keep its `id`: the other calls need it.
   * @throws ApiError with reason `OauthAccessTokenRequired`, `SubscriptionLimitExceeded` or `WebhookIdInvalid`, with
   * `DuplicateSubscription` if the existing subscription is not in the list, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws TypeError if the event is private, and neither the call nor the client has a `user`. Then nothing was sent.
   * @throws RangeError if a member of the subscription is out of range.
   * @see https://docs.x.com/x-api/activity/introduction
   *
   * @example
   * import type { Client, UserCredentials } from 'x-account-activity'
   *
   * async function watchMentions(client: Client, webhookId: string, userId: string, user: UserCredentials) {
   *   const { id } = await client.activity.subscriptions.create(
   *     { eventType: 'post.mention.create', filter: { userId }, webhookId },
   *     { user },
   *   )
   *   return id
   * }
   */
  create(subscription: ActivitySubscriptionInput, options?: UserCallOptions): Promise<ActivitySubscription>
  /**
   * Lists the activity subscriptions of the app. The call is app-only. A page is requested when its first subscription is
   * needed, so a loop that ends early sends fewer requests. Each iteration begins with the first page.
   *
   * The iteration throws an `ApiError` with a general reason, a `TransportError` or a `ResponseError`.
   *
   * @throws TypeError or RangeError if an option is invalid.
   * @see https://docs.x.com/x-api/activity/introduction
   *
   * @example
   * import type { Client } from 'x-account-activity'
   *
   * async function print(client: Client): Promise<void> {
   *   for await (const { id, eventType, filter } of client.activity.subscriptions.list()) {
   *     console.log(id, eventType, filter.userId)
   *   }
   * }
   */
  list(options?: ActivitySubscriptionListOptions): AsyncIterable<ActivitySubscription>
  /**
   * Changes the tag or the webhook of an activity subscription. The call is app-only. What is left out is not changed.
   *
   * @returns The changed subscription.
   * @throws ApiError with reason `SubscriptionNotFound` or `WebhookIdInvalid`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws TypeError if there is nothing to change, or if it is not the tag or the webhook.
   * @throws RangeError if an id does not have 1 to 19 digits, or if the tag is too long.
   * @see https://docs.x.com/x-api/activity/introduction
   */
  update(id: string, changes: ActivitySubscriptionChanges, options?: CallOptions): Promise<ActivitySubscription>
  /**
   * Deletes an activity subscription. The call is app-only. It also succeeds if X does not have the subscription.
   *
   * @throws ApiError with a general reason if X refuses the request.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/activity/introduction
   */
  delete(id: string, options?: CallOptions): Promise<void>
  /**
   * Deletes many activity subscriptions, in requests of 100. The call is app-only. A request that fails does not stop the
   * others: its ids are in `failed` with the reason.
   *
   * @param ids - The ids of any number of subscriptions. All are checked before anything is sent.
   * @returns Each id, in `deleted` or in `failed`. An id that was passed twice is there once.
   * @throws TransportError if X did not respond to any of the requests, or if the signal was aborted.
   * @throws ApiError if X refuses to issue a bearer token for the app.
   * @throws TypeError or RangeError if an id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/activity/introduction
   *
   * @example
   * import type { Client } from 'x-account-activity'
   *
   * async function deleteAll(client: Client): Promise<void> {
   *   const ids: string[] = []
   *   for await (const { id } of client.activity.subscriptions.list()) ids.push(id)
   *   const { failed } = await client.activity.subscriptions.deleteMany(ids)
   *   for (const { id, reason } of failed) console.error(`${id} was not deleted: ${reason}`)
   * }
   */
  deleteMany(ids: readonly string[], options?: CallOptions): Promise<ActivityDeletionResult>
}
