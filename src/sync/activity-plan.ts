import type { OAuth2UserCredentials, UserCredentials } from '../auth/credentials.ts'
import type { ActivitySubscriptionsClient } from '../client/activity-client.ts'
import type { ActivitySubscription } from '../endpoints/activity/activity-subscription.ts'
import type { SubscribableEventType } from '../endpoints/activity/event-types.ts'
import type { ReasonOf } from '../errors/reasons.ts'
import type { TransportReason } from '../errors/transport-error.ts'
import type { RemovalBrakeOptions, WithheldRemovals } from './removal-brake.ts'
import type {
  AccountWithoutCredentials,
  SubscriptionSyncApplyOptions,
  SubscriptionSyncUser,
} from './subscription-plan.ts'

/**
 * The event types that together cover what the Account Activity API sends: one subscription to each, for each account.
 * Encrypted messages and what is new in the X Activity API are not in it.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export const accountActivityEventTypes = [
  'post.create',
  'post.delete',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'post.repost.create',
  'like.create',
  'follow.follow',
  'follow.unfollow',
  'block.block',
  'block.unblock',
  'mute.mute',
  'mute.unmute',
  'dm.received',
  'dm.sent',
  'dm.indicate_typing',
  'dm.read',
] as const satisfies readonly SubscribableEventType[]

/** The part of a client that syncs activity subscriptions. */
export interface ActivitySyncClient {
  /** The X Activity API. */
  readonly activity: {
    /** Lists, creates, changes and deletes activity subscriptions. */
    readonly subscriptions: Pick<ActivitySubscriptionsClient, 'list' | 'create' | 'update' | 'deleteMany'>
  }
}

/**
 * An account to subscribe: its id and its credentials. Without credentials, only event types that accept the bearer token
 * of the app can be subscribed to. The other event types are skipped for this account, and reported.
 */
export type ActivitySyncUser = SubscriptionSyncUser<UserCredentials | OAuth2UserCredentials> | AccountWithoutCredentials

/** What is done for an account and an event type. */
export type ActivitySyncAction = 'create' | 'update' | 'delete'

/** An activity subscription that a sync creates, updates or deletes. */
export interface ActivitySyncItem {
  /** The id of the account. */
  readonly userId: string
  /** The event type. */
  readonly eventType: SubscribableEventType
  /** The id of the subscription. Absent when it is to be created. */
  readonly subscriptionId?: string
}

/** Why an activity subscription could not be created, updated or deleted. */
export type ActivitySyncFailureReason =
  | ReasonOf<'activity.subscriptions.create' | 'activity.subscriptions.update'>
  | TransportReason
  /** The cap of the plan is used up, such as the monthly one. No further call was made. */
  | 'UsageCapped'
  /** X answered with success, in a form that its documentation does not describe. The change may have been made. */
  | 'InvalidResponse'
  /** X may give a reason for each deletion that its documentation does not list. */
  | (string & {})

/** An activity subscription that could not be created, updated or deleted. */
export interface ActivitySyncFailure extends ActivitySyncItem {
  /** What was to be done. */
  readonly action: ActivitySyncAction
  /** Why it failed. */
  readonly reason: ActivitySyncFailureReason
  /** The error of the call. Absent for a deletion that X refused beside others that it made. */
  readonly error?: unknown
}

/** How far a sync is after an activity subscription is done. */
export interface ActivitySyncProgress extends ActivitySyncItem {
  /** What was done. */
  readonly action: ActivitySyncAction
  /** Why it failed. Absent when it succeeded. */
  readonly failure?: ActivitySyncFailure
  /** How many are done, including this one and those that failed. */
  readonly done: number
  /** How many are to be created, updated or deleted in all. */
  readonly total: number
}

/** How the plan of an activity sync is applied. */
export interface ActivitySyncApplyOptions extends Omit<SubscriptionSyncApplyOptions, 'onProgress'> {
  /**
   * Called after each activity subscription. What it returns or throws is ignored.
   *
   * @defaultValue not called
   */
  readonly onProgress?: ((progress: ActivitySyncProgress) => unknown) | undefined
}

/** Options of `syncActivitySubscriptions` and `planActivitySubscriptions`. */
export interface ActivitySyncOptions extends ActivitySyncApplyOptions, RemovalBrakeOptions {
  /** All accounts to subscribe. An account that is listed twice is subscribed once. */
  readonly users: readonly ActivitySyncUser[]
  /**
   * The event types to subscribe each account to.
   *
   * @defaultValue `accountActivityEventTypes`
   */
  readonly eventTypes?: readonly SubscribableEventType[] | undefined
  /**
   * The id of the webhook that X delivers to: 1 to 19 digits. A subscription that has another webhook is changed.
   *
   * @defaultValue absent: X delivers to open streams only, and the webhook of a subscription is not changed
   */
  readonly webhookId?: string | undefined
  /**
   * The tag of new subscriptions, 1 to 200 characters.
   *
   * @defaultValue no tag
   */
  readonly tag?: string | undefined
  /**
   * Whether to delete the subscriptions that are not wanted: those with an account in their filter that have the same
   * webhook, or no webhook if `webhookId` is absent. See `maxRemovals` and `allowEmpty`.
   *
   * @defaultValue false
   */
  readonly prune?: boolean | undefined
  /**
   * How many activity subscriptions the plan of the app allows. If the accounts and event types need more, a `RangeError`
   * is thrown before the first call. X documents 1,500 for self-serve plans, and 75,000 for Enterprise.
   *
   * @defaultValue 1_500
   */
  readonly limit?: number | undefined
  /**
   * Called by `syncActivitySubscriptions` with the plan before it is applied. When it throws, or its promise rejects,
   * nothing is applied.
   *
   * @defaultValue not called
   */
  readonly onPlan?: ((plan: ActivitySyncPlan) => unknown) | undefined
}

/** The outcome of an activity sync. */
export interface ActivitySyncResult {
  /** The subscriptions that were created, including those that another process created in the meantime. */
  readonly created: readonly ActivitySyncItem[]
  /** The subscriptions whose webhook was changed. */
  readonly updated: readonly ActivitySyncItem[]
  /** The subscriptions that were deleted. */
  readonly deleted: readonly ActivitySyncItem[]
  /** Those that failed. The next sync tries them again. */
  readonly failed: readonly ActivitySyncFailure[]
  /** Those of accounts without credentials, whose event type is private. */
  readonly skipped: readonly ActivitySyncItem[]
  /** The removals that were not made, because they may be a mistake. Absent when there are none. */
  readonly withheld?: WithheldRemovals
}

/** The difference between the activity subscriptions that exist and those that should. */
export interface ActivitySyncPlan {
  /** The subscriptions to delete: `surplus` with `prune: true`, otherwise empty. Empty if they are `withheld`. */
  readonly delete: readonly ActivitySyncItem[]
  /** Why `prune` deletes no subscription, although there are surplus ones. Absent when it does. */
  readonly withheld?: WithheldRemovals
  /** The subscriptions to create, account by account. */
  readonly create: readonly ActivitySyncItem[]
  /** The subscriptions whose webhook is to be changed. */
  readonly update: readonly ActivitySyncItem[]
  /** Those to create for accounts without credentials whose event type is private. X requires the token of the account. */
  readonly skipped: readonly ActivitySyncItem[]
  /** The subscriptions that are as wanted. */
  readonly unchanged: readonly ActivitySyncItem[]
  /** The subscriptions that exist and are not wanted, see `prune`. */
  readonly surplus: readonly ActivitySubscription[]
  /**
   * Applies the plan, and deletes first, because that makes room. It also resolves when some subscriptions failed.
   *
   * @param options - Override the options that the plan was made with.
   * @throws TypeError or RangeError when an option is wrong.
   * @throws the reason of `signal` when it aborts.
   */
  apply(options?: ActivitySyncApplyOptions): Promise<ActivitySyncResult>
}
