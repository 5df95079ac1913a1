import type { OAuth2UserCredentials, UserCredentials } from '../../auth/credentials.ts'
import type { ActivitySubscriptionsClient } from '../../client/activity-client.ts'
import type { Webhook } from '../../endpoints/webhook.ts'
import type { Awaitable } from '../../internal/awaitable.ts'
import type { RecoveryStore } from '../../stores/recovery/recovery-store.ts'
import type { WebhookSyncClient } from '../plan-webhook.ts'
import type {
  AccountWithoutCredentials,
  SkippedAccount,
  SubscriptionSyncApplyOptions,
  SubscriptionSyncClient,
  SubscriptionSyncFailure,
  SubscriptionSyncUser,
} from '../subscription-plan.ts'
import type { KeptWebhook } from '../webhook-uses.ts'

/**
 * The part of a client that moves a webhook. Every client has it.
 *
 * @typeParam User - The kinds of user token that the client accepts.
 */
export interface WebhookMoveClient<User = UserCredentials | OAuth2UserCredentials>
  extends Omit<WebhookSyncClient, 'subscriptions' | 'activity'>,
    SubscriptionSyncClient<User> {
  /** The X Activity API. */
  readonly activity?:
    | {
        /** Lists the activity subscriptions of the app, and changes their webhook. */
        readonly subscriptions: Pick<ActivitySubscriptionsClient, 'list' | 'update'>
      }
    | undefined
}

/** A span of time in which X delivered to no webhook. */
export interface MoveGap {
  /** The beginning, inclusive: just before the old webhook was deleted. */
  readonly from: Date
  /** The end, exclusive: when X delivers to the new webhook for every account. */
  readonly to: Date
}

/** Options of `moveWebhook`. */
export interface WebhookMoveOptions<User = UserCredentials | OAuth2UserCredentials>
  extends SubscriptionSyncApplyOptions {
  /**
   * The webhook to leave: its id or its URL.
   *
   * @defaultValue all other webhooks of the app
   */
  readonly from?: string | undefined
  /** The URL to move to: absolute, at most 200 characters. Its server must answer CRC requests already. */
  readonly to: string
  /** The accounts to subscribe to the new webhook: all of those that are subscribed to the old one. */
  readonly users: readonly (SubscriptionSyncUser<User> | AccountWithoutCredentials)[]
  /**
   * How many accounts of the old webhook may lose their subscription, because they are not in `users`, have no credentials, or
   * X refuses to subscribe them: 0 or more. If there are more, the old webhook is kept.
   *
   * @defaultValue 0
   */
  readonly maxRemovals?: number | undefined
  /**
   * How long both webhooks exist after the last account is subscribed, in milliseconds: 0 or more. X documents that events
   * begin up to 10 seconds after a subscription.
   *
   * @defaultValue 10_000
   */
  readonly overlapMs?: number | undefined
  /**
   * Gets the span in which events are missing, if the plan of the app has no room for two webhooks. Pass the recovery of the
   * new webhook: it asks X to replay the span.
   *
   * @defaultValue the span is in the result only
   */
  readonly recovery?: { readonly report: (gap: MoveGap) => Awaitable<unknown> } | undefined
  /**
   * Remembers when the old webhook was deleted, so that a move that was interrupted at that point and is called again still
   * knows when the gap began.
   *
   * @defaultValue not remembered: the gap of a move that was interrupted begins 24 hours before its end
   */
  readonly store?: RecoveryStore | undefined
  /**
   * The OAuth 2.0 client secret of the app, if the receiver of the new URL answers CRC requests with it. It is used only to
   * probe the new URL.
   *
   * @defaultValue the answer must be made with the consumer secret of the client
   */
  readonly clientSecret?: string | undefined
}

/** The outcome of `moveWebhook`. */
export interface WebhookMove {
  /** The new webhook. */
  readonly webhook: Webhook
  /** Whether nothing is left of the old webhook. If not, see `kept`, and call `moveWebhook` again. */
  readonly isComplete: boolean
  /** The webhooks that were deleted. */
  readonly deleted: readonly Webhook[]
  /** The webhooks that were not deleted, with what X would no longer deliver. */
  readonly kept: readonly KeptWebhook[]
  /** Ids of the accounts that this call subscribed. */
  readonly subscribed: readonly string[]
  /** The accounts that could not be subscribed. */
  readonly failed: readonly SubscriptionSyncFailure[]
  /** The accounts of `users` without credentials. */
  readonly skipped: readonly SkippedAccount[]
  /**
   * The span in which events are missing. Absent unless the plan of the app has no room for two webhooks.
   */
  readonly gap?: MoveGap
}
