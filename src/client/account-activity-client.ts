import type { UserCredentials, UserSource } from '../auth/credentials.ts'
import type { CallOptions, UserCallOptions } from '../endpoints/call-options.ts'
import type { ReplayJob } from '../endpoints/replay-job.ts'
import type { SubscriptionCount } from '../endpoints/subscription-count.ts'
import type { SubscriptionList } from '../endpoints/subscription-list.ts'
import type { Webhook, WebhookValidation } from '../endpoints/webhook.ts'
import type { ReplayWindowInput } from '../replay/read-replay-window.ts'

/**
 * The calls that every version of the Account Activity API has. Write code against this type if it must work with v2,
 * with the enterprise API and with the premium API: then only the line that creates the client changes.
 *
 * Every call rejects with one of these errors:
 *
 * - `ApiError` if X refuses the request;
 * - `TransportError` if X does not respond;
 * - `ResponseError` if the response does not have a documented form;
 * - `TypeError` or `RangeError` if an argument is invalid. Then nothing was sent.
 *
 * @example
 * import type { AccountActivityClient, UserCredentials } from 'x-account-activity'
 *
 * async function subscribe(client: AccountActivityClient, url: string, user: UserCredentials): Promise<void> {
 *   const webhooks = await client.webhooks.list()
 *   const webhook = webhooks.find((known) => known.url === url) ?? (await client.webhooks.create(url))
 *   if (!(await client.subscriptions.check(webhook.id, { user }))) {
 *     await client.subscriptions.create(webhook.id, { user })
 *   }
 * }
 */
export interface AccountActivityClient {
  /** Registers, lists, validates and deletes webhooks. */
  readonly webhooks: WebhooksClient
  /** Creates, checks, lists, deletes and counts subscriptions. */
  readonly subscriptions: SubscriptionsClient
  /**
   * Returns the same client for another user: its calls in user context act for that user. Both share the bearer token
   * of the app, the hooks and all other options. Nothing is sent.
   *
   * In v1.1, `webhooks.create`, `validate` and `delete` need the owner of the app: use the client of the owner for them.
   *
   * @param user - Credentials, or a function that fetches them.
   * @throws TypeError or RangeError if the credentials are invalid.
   *
   * @example
   * import type { Client, UserCredentials } from 'x-account-activity'
   *
   * async function subscribe(client: Client, webhookId: string, users: UserCredentials[]): Promise<void> {
   *   for (const user of users) await client.as(user).subscriptions.ensure(webhookId)
   * }
   */
  as(user: UserSource<UserCredentials>): AccountActivityClient
}

/**
 * The webhooks of an app: the URLs that X sends deliveries to.
 *
 * In v2, all calls are app-only. In v1.1, `create`, `validate` and `delete` are signed for the owner of the app, which
 * is the `user` of the client.
 *
 * @see https://docs.x.com/x-api/webhooks/introduction
 */
export interface WebhooksClient {
  /**
   * Registers a URL. X sends a CRC request to the URL before it responds, so the receiver must be running.
   *
   * The call is not retried after a 5xx, a timeout or a lost connection, because the webhook may be registered already:
   * list the webhooks to find out.
   *
   * @param url - A public https URL without a port, of at most 200 characters.
   * @returns The registered webhook. Keep its `id`: the other calls need it.
   * @throws ApiError with reason `CrcValidationFailed`, `UrlValidationFailed`, `DuplicateUrlFailed` or
   * `WebhookLimitExceeded`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws RangeError if the URL is not an absolute http or https URL, or is too long.
   * @see https://docs.x.com/x-api/webhooks/quickstart
   *
   * @example
   * import type { Client } from 'x-account-activity'
   *
   * async function register(client: Client, url: string): Promise<string> {
   *   const webhook = await client.webhooks.create(url)
   *   return webhook.id
   * }
   */
  create(url: string, options?: CallOptions): Promise<Webhook>
  /**
   * Lists all webhooks of the app. In the premium API, it lists those of the environment. The call is app-only.
   *
   * @returns The webhooks. Empty if there are none.
   * @throws ApiError with a general reason if X refuses the request.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @see https://docs.x.com/x-api/webhooks/quickstart
   */
  list(options?: CallOptions): Promise<Webhook[]>
  /**
   * Makes X send a CRC request to a webhook now. Use it to enable a webhook that X disabled after a failed CRC.
   *
   * @returns Whether X started the check. To see whether the CRC passed, list the webhooks and read `valid`.
   * @throws ApiError with reason `WebhookIdInvalid` or `CrcValidationFailed`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/webhooks/quickstart
   */
  validate(webhookId: string, options?: CallOptions): Promise<WebhookValidation>
  /**
   * Deletes a webhook and all its subscriptions. If you register the same URL again, the webhook gets a new id and has
   * no subscriptions.
   *
   * @throws ApiError with reason `WebhookIdInvalid`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/webhooks/quickstart
   */
  delete(webhookId: string, options?: CallOptions): Promise<void>
}

/**
 * The subscriptions of an app: the accounts whose activity X delivers to a webhook.
 *
 * In the premium API, a subscription applies to all webhooks of the environment. There, `webhookId` is checked but not
 * sent; it exists so that all clients have the same calls.
 *
 * @typeParam User - The kinds of user token that the API version accepts.
 * @typeParam List - The type of the list that the API version returns.
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface SubscriptionsClient<User = UserCredentials, List extends SubscriptionList = SubscriptionList> {
  /**
   * Subscribes a user: the `user` of the call or of the client. The call needs the token of that user. Events arrive
   * some seconds later.
   *
   * If a retry of the call is refused with `DuplicateSubscriptionFailed`, the call succeeds, because the first attempt
   * created the subscription.
   *
   * @throws ApiError with reason `DuplicateSubscriptionFailed`, `SubscriptionLimitExceeded` or `WebhookIdInvalid`, or
   * with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws TypeError if neither the call nor the client has a `user`.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/account-activity/quickstart
   *
   * @example
   * import type { Client, UserCredentials } from 'x-account-activity'
   * import { isApiError } from 'x-account-activity/errors'
   *
   * async function subscribe(client: Client, webhookId: string, user: UserCredentials): Promise<void> {
   *   try {
   *     await client.subscriptions.create(webhookId, { user })
   *   } catch (error) {
   *     if (isApiError(error, 'subscriptions.create') && error.reason === 'DuplicateSubscriptionFailed') return
   *     throw error
   *   }
   * }
   */
  create(webhookId: string, options?: UserCallOptions<User>): Promise<void>
  /**
   * Subscribes a user if the user is not subscribed: the `user` of the call or of the client. It checks first, and then
   * creates the subscription if it is missing. A subscription that another process creates in between is not an error.
   *
   * @returns `created` if the call created the subscription, `present` if the user was subscribed already.
   * @throws ApiError with reason `SubscriptionLimitExceeded` or `WebhookIdInvalid`, or with a general reason. Its
   * `endpoint` is `subscriptions.check` or `subscriptions.create`.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if a response does not have a documented form.
   * @throws TypeError if neither the call nor the client has a `user`.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/account-activity/quickstart
   *
   * @example
   * import type { Client, UserCredentials } from 'x-account-activity'
   *
   * async function subscribe(client: Client, webhookId: string, user: UserCredentials): Promise<void> {
   *   const outcome = await client.subscriptions.ensure(webhookId, { user })
   *   console.log(outcome === 'created' ? 'subscribed' : 'was subscribed already')
   * }
   */
  ensure(webhookId: string, options?: UserCallOptions<User>): Promise<'created' | 'present'>
  /**
   * Checks whether a user is subscribed: the `user` of the call or of the client. The call needs the token of that
   * user.
   *
   * A 404 with code 34 or without a body means that the user is not subscribed, and the call resolves to `false`.
   * Version 1.1 sends the same response if the webhook does not exist. Any other 404 is an error.
   *
   * @returns `true` if the user is subscribed.
   * @throws ApiError with reason `WebhookIdInvalid`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws TypeError if neither the call nor the client has a `user`.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/account-activity/quickstart
   */
  check(webhookId: string, options?: UserCallOptions<User>): Promise<boolean>
  /**
   * Lists the subscribed accounts. The call is app-only.
   *
   * @returns All subscriptions, in one list.
   * @throws ApiError with reason `WebhookIdInvalid`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/account-activity/quickstart
   */
  list(webhookId: string, options?: CallOptions): Promise<List>
  /**
   * Deletes the subscription of any user. The call is app-only, so it does not need a token of that user.
   *
   * @throws ApiError with reason `SubscriptionNotFound` or `WebhookIdInvalid`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws RangeError if an id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/account-activity/quickstart
   */
  delete(webhookId: string, userId: string, options?: CallOptions): Promise<void>
  /**
   * Counts the subscriptions of the app. The call is app-only.
   *
   * @returns The number of subscriptions, and the number that the plan allows.
   * @throws ApiError with a general reason if X refuses the request.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @see https://docs.x.com/x-api/account-activity/quickstart
   */
  count(options?: CallOptions): Promise<SubscriptionCount>
}

/**
 * Replay jobs: X sends events again that happened in a window of time.
 *
 * @typeParam Options - The options that the API version accepts.
 */
export interface ReplayClient<Options extends CallOptions = CallOptions> {
  /**
   * Starts a replay job for all subscriptions of a webhook. The call is app-only. At the end of the job, the webhook
   * receives a `replay_job_status` event.
   *
   * The call is not retried after a 5xx, a timeout or a lost connection, because the job may be running already.
   *
   * @param window - `from` is included, `to` is not, at every endpoint. The window is widened to whole minutes. X refuses a window that is too old or too recent: v2 goes back 24 hours, the enterprise API five
   * days. Use `checkReplayWindow` to check a window before the call.
   * @returns The job. Its `replay_job_status` event has the same id.
   * @throws ApiError with reason `QueryParamInvalid`, `CrcValidationFailed`, `ReplayConflictError` or
   * `WebhookIdInvalid`, or with a general reason.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   * @throws ReplayWindowError if an end is not a valid time, or `from` is not before `to`.
   * @throws RangeError if the id does not have 1 to 19 digits.
   * @see https://docs.x.com/x-api/account-activity/quickstart
   */
  create(webhookId: string, window: ReplayWindowInput, options?: Options): Promise<ReplayJob>
}
