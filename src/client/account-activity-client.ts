import type { UserCredentials } from '../auth/credentials.ts'
import type { CallOptions, UserCallOptions } from '../endpoints/api.ts'
import type { ReplayJob } from '../endpoints/replay-job.ts'
import type { SubscriptionCount } from '../endpoints/subscription-count.ts'
import type { SubscriptionList } from '../endpoints/subscription-list.ts'
import type { Webhook, WebhookValidation } from '../endpoints/webhook.ts'
import type { ReplayWindowInput } from '../replay/read-replay-window.ts'

/**
 * What every version of X's Account Activity API can do: code written for it takes a client of v2, of enterprise and of
 * premium, and moves between them by the line that makes the client.
 *
 * Every call rejects with an `ApiError` when X says no, with a `TransportError` when there is no answer, with a
 * `ResponseError` when the answer is none that X documents, and with a `TypeError` or `RangeError` when an argument is
 * wrong: then nothing was sent.
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
  readonly webhooks: WebhooksClient
  readonly subscriptions: SubscriptionsClient
}

/**
 * The URLs that X delivers to. In v2 all calls are app-only. In version 1.1 all but `list` are signed on behalf of the
 * owner of the app, who is the `user` that the client was made with.
 */
export interface WebhooksClient {
  /**
   * Registers a URL. X asks it for a CRC answer before it says yes.
   *
   * A call whose answer was lost (5xx, time-out, lost connection) is not repeated, as the webhook may be there: list them.
   *
   * @param url - Absolute, at most 200 characters; X wants https, public, without a port.
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
  /** All webhooks of the app; in premium, of the environment. App-only. */
  list(options?: CallOptions): Promise<Webhook[]>
  /**
   * Makes X ask a webhook for a CRC answer now, which is how one that was disabled comes back. The outcome is told
   * neither by this call's success nor by its result: it stands in `valid` when the webhooks are listed afterwards.
   */
  validate(webhookId: string, options?: CallOptions): Promise<WebhookValidation>
  /** Removes a webhook, and with it its subscriptions: one created again for the same URL has another id. */
  delete(webhookId: string, options?: CallOptions): Promise<void>
}

/**
 * Whose activity X delivers, and to which webhook.
 *
 * In premium a subscription is to all webhooks of the environment: the webhook id is checked and not sent, and there so
 * that the calls are those of the other versions.
 *
 * @typeParam User - The kinds of user token that the version takes.
 * @typeParam List - What it tells of its subscriptions.
 */
export interface SubscriptionsClient<User = UserCredentials, List extends SubscriptionList = SubscriptionList> {
  /**
   * Subscribes a user: the one whose token it is sent with, in user context.
   *
   * A `DuplicateSubscriptionFailed` that answers a repetition of this very call counts as success.
   *
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
   * Whether a user is subscribed: the one whose token it is sent with, in user context. X's older way to say no, a 404
   * with code 34 or with nothing, is a no as well; any other 404 is an error. Version 1.1 says it in this way only, and
   * says the same of a webhook that is not there.
   */
  check(webhookId: string, options?: UserCallOptions<User>): Promise<boolean>
  /** Who is subscribed. App-only. */
  list(webhookId: string, options?: CallOptions): Promise<List>
  /** Ends the subscription of any user. App-only. */
  delete(webhookId: string, userId: string, options?: CallOptions): Promise<void>
  /** How many subscriptions the app has, and may have. App-only. */
  count(options?: CallOptions): Promise<SubscriptionCount>
}

/**
 * Events that were not received, again. App-only.
 *
 * @typeParam Options - What else the version can be asked.
 */
export interface ReplayClient<Options extends CallOptions = CallOptions> {
  /**
   * Has X deliver once more what happened in a window of time. The job ends with a `replay_job_status` event.
   *
   * A call whose answer was lost (5xx, time-out, lost connection) is not repeated, as the job may be running.
   *
   * @param window - `from` is included and `to` is not (the newer endpoint of v2 includes both); a `Date` between two
   * minutes is widened to the minutes around it. Whether it is too old or too recent is for X to say:
   * `checkReplayWindow` tells beforehand. v2 reaches 24 hours back, enterprise five days (`enterpriseReplayRules`).
   * @throws {@link ReplayWindowError} when an end is no date, or `from` is not before `to`.
   * @see https://docs.x.com/x-api/account-activity/quickstart
   */
  create(webhookId: string, window: ReplayWindowInput, options?: Options): Promise<ReplayJob>
}
