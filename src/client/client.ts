import type { CallOptions, UserCallOptions } from '../endpoints/api.ts'
import type { SubscriptionCount } from '../endpoints/v2/count-subscriptions.ts'
import type { ReplayCallOptions, ReplayJob } from '../endpoints/v2/create-replay.ts'
import type { SubscriptionList } from '../endpoints/v2/list-subscriptions.ts'
import type { WebhookValidation } from '../endpoints/v2/validate-webhook.ts'
import type { Webhook } from '../endpoints/v2/webhook.ts'
import type { ReplayWindowInput } from '../replay/read-replay-window.ts'

/**
 * The endpoints of X's Account Activity API, version 2.
 *
 * Every call rejects with an `ApiError` when X says no, with a `TransportError` when there is no answer, with a
 * `ResponseError` when the answer is none that X documents, and with a `TypeError` or `RangeError` when an argument is
 * wrong: then nothing was sent.
 */
export interface Client {
  readonly webhooks: WebhooksClient
  readonly subscriptions: SubscriptionsClient
  readonly replay: ReplayClient
}

/** The URLs that X delivers to. All calls are app-only. */
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
  /** All webhooks of the app. */
  list(options?: CallOptions): Promise<Webhook[]>
  /**
   * Makes X ask a webhook for a CRC answer now, which is how one that was disabled comes back. The outcome is told
   * neither by this call's success nor by its result: it stands in `valid` when the webhooks are listed afterwards.
   */
  validate(webhookId: string, options?: CallOptions): Promise<WebhookValidation>
  /** Removes a webhook, and with it its subscriptions: one created again for the same URL has another id. */
  delete(webhookId: string, options?: CallOptions): Promise<void>
}

/** Whose activity X delivers, and to which webhook. */
export interface SubscriptionsClient {
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
  create(webhookId: string, options?: UserCallOptions): Promise<void>
  /**
   * Whether a user is subscribed: the one whose token it is sent with, in user context. X's older way to say no, a 404
   * with code 34 or with nothing, is a no as well; any other 404 is an error.
   */
  check(webhookId: string, options?: UserCallOptions): Promise<boolean>
  /** Who is subscribed to a webhook. App-only. */
  list(webhookId: string, options?: CallOptions): Promise<SubscriptionList>
  /** Ends the subscription of any user. App-only. */
  delete(webhookId: string, userId: string, options?: CallOptions): Promise<void>
  /** How many subscriptions the app has, and may have. App-only. */
  count(options?: CallOptions): Promise<SubscriptionCount>
}

/** Events that were not received, again. App-only. */
export interface ReplayClient {
  /**
   * Has X deliver once more what happened in a window of time. The job ends with a `replay_job_status` event.
   *
   * A call whose answer was lost (5xx, time-out, lost connection) is not repeated, as the job may be running.
   *
   * @param window - `from` is included and `to` is not (the newer endpoint includes both); a `Date` between two minutes
   * is widened to the minutes around it. Whether it is too old or too recent is for X to say: `checkReplayWindow` tells
   * beforehand.
   * @throws {@link ReplayWindowError} when an end is no date, or `from` is not before `to`.
   * @see https://docs.x.com/x-api/account-activity/quickstart
   */
  create(webhookId: string, window: ReplayWindowInput, options?: ReplayCallOptions): Promise<ReplayJob>
}
