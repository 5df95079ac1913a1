import type { OAuth2UserCredentials, UserCredentials } from '../auth/credentials.ts'
import type { SubscriptionsClient } from '../client/account-activity-client.ts'
import type { CallOptions } from '../endpoints/call-options.ts'
import type { ReasonOf } from '../errors/reasons.ts'
import type { TransportReason } from '../errors/transport-error.ts'
import type { Clock } from '../internal/clock.ts'
import type { Sleep } from '../internal/timers.ts'
import type { RemovalBrakeOptions, WithheldRemovals } from './removal-brake.ts'

/**
 * The part of a client that syncs subscriptions. Every client has it.
 *
 * @typeParam User - The kinds of user token that the client accepts.
 */
export interface SubscriptionSyncClient<User = UserCredentials | OAuth2UserCredentials> {
  /** Lists, creates and deletes subscriptions. */
  readonly subscriptions: Pick<SubscriptionsClient<User>, 'create' | 'delete' | 'list'>
}

/**
 * An account to subscribe: its credentials and its id. The v2 client accepts OAuth 1.0a and OAuth 2.0 credentials, the
 * other clients OAuth 1.0a only.
 *
 * @typeParam User - The kinds of user token that the client accepts.
 */
export type SubscriptionSyncUser<User = UserCredentials | OAuth2UserCredentials> = User & {
  /**
   * The id of the account: 1 to 19 digits. Required with OAuth 2.0 credentials.
   *
   * @defaultValue the digits at the beginning of an OAuth 1.0a access token
   */
  readonly userId?: string | undefined
}

/**
 * An account whose credentials are missing: its token was lost, or not stored yet. A sync cannot subscribe it, and does not
 * unsubscribe it.
 */
export interface AccountWithoutCredentials {
  /** The id of the account: 1 to 19 digits. */
  readonly userId: string
  /** Absent, `null` or empty: the OAuth 1.0a token is missing. */
  readonly accessToken?: '' | null | undefined
  /** Absent, `null` or empty: the OAuth 1.0a token is missing. */
  readonly accessTokenSecret?: '' | null | undefined
  /** Absent, `null` or empty: the OAuth 2.0 token is missing. */
  readonly bearerToken?: '' | null | undefined
}

/** An account that a sync skipped, because it has no credentials. */
export interface SkippedAccount {
  /** The id of the account. */
  readonly userId: string
  /** Whether the account is subscribed already. It stays subscribed then. */
  readonly isSubscribed: boolean
}

/** What is done for an account. */
export type SubscriptionSyncAction = 'subscribe' | 'unsubscribe'

/** Why an account could not be subscribed or unsubscribed. */
export type SubscriptionSyncFailureReason =
  | ReasonOf<'subscriptions.create' | 'subscriptions.delete'>
  | TransportReason
  /** The cap of the plan is used up, such as the monthly one. No further call was made. */
  | 'UsageCapped'
  /** X answered with success, in a form that its documentation does not describe. The change may have been made. */
  | 'InvalidResponse'

/** An account that could not be subscribed or unsubscribed. */
export interface SubscriptionSyncFailure {
  /** The id of the account. */
  readonly userId: string
  /** What was to be done. */
  readonly action: SubscriptionSyncAction
  /** Why it failed. */
  readonly reason: SubscriptionSyncFailureReason
  /**
   * The error of the call. For an account that was not tried, because an earlier failure applies to all accounts, the
   * error of that earlier call.
   */
  readonly error: unknown
}

/** How far a sync is after an account is done. */
export interface SubscriptionSyncProgress {
  /** The id of the account. */
  readonly userId: string
  /** What was done for it. */
  readonly action: SubscriptionSyncAction
  /** Why it failed. Absent when it succeeded. */
  readonly failure?: SubscriptionSyncFailure
  /** How many accounts are done, including this one and those that failed. */
  readonly done: number
  /** How many accounts are to be subscribed or unsubscribed in all. */
  readonly total: number
}

/** How the plan of a subscription sync is applied. */
export interface SubscriptionSyncApplyOptions extends CallOptions {
  /**
   * How many calls may be in progress at a time: 1 to 100.
   *
   * @defaultValue 8
   */
  readonly concurrency?: number | undefined
  /**
   * Called after each account. What it returns or throws is ignored.
   *
   * @defaultValue not called
   */
  readonly onProgress?: ((progress: SubscriptionSyncProgress) => unknown) | undefined
  /**
   * Returns the current time in milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: Clock | undefined
  /**
   * Waits for a number of milliseconds, or until the signal aborts.
   *
   * @defaultValue a timer of the runtime
   */
  readonly sleep?: Sleep | undefined
}

/** Options of `syncSubscriptions` and `planSubscriptions`: which accounts to subscribe, and how. */
export interface SubscriptionSyncOptions<User = UserCredentials | OAuth2UserCredentials>
  extends SubscriptionSyncApplyOptions,
    RemovalBrakeOptions {
  /** The id of the webhook: 1 to 19 digits. The premium API has no webhook in its paths: there, the id is not sent. */
  readonly webhookId: string
  /**
   * All accounts to subscribe. An account that is listed twice is subscribed once. Accounts without credentials are skipped,
   * and reported.
   */
  readonly users: readonly (SubscriptionSyncUser<User> | AccountWithoutCredentials)[]
  /**
   * Whether to unsubscribe the accounts that are not in `users`. See `maxRemovals` and `allowEmpty`.
   *
   * @defaultValue false
   */
  readonly prune?: boolean | undefined
  /**
   * Called by `syncSubscriptions` with the plan before it is applied. When it throws, or its promise rejects, nothing is
   * applied. `planSubscriptions` returns the plan instead and does not call it.
   *
   * @defaultValue not called
   */
  readonly onPlan?: ((plan: SubscriptionSyncPlan) => unknown) | undefined
}

/** The outcome of a subscription sync. */
export interface SubscriptionSyncResult {
  /** Ids of the accounts that are now subscribed, including those that another process subscribed in the meantime. */
  readonly subscribed: readonly string[]
  /** Ids of the accounts that are now unsubscribed, including those that another process unsubscribed in the meantime. */
  readonly unsubscribed: readonly string[]
  /** The accounts that failed. The next sync tries them again. */
  readonly failed: readonly SubscriptionSyncFailure[]
  /** The accounts of `users` without credentials. */
  readonly skipped: readonly SkippedAccount[]
  /** The removals that were not made, because they may be a mistake. Absent when there are none. */
  readonly withheld?: WithheldRemovals
}

/** The difference between the accounts that are subscribed and those that should be. */
export interface SubscriptionSyncPlan {
  /** Ids of the accounts to unsubscribe: `surplus` with `prune: true`, otherwise empty. Empty if they are `withheld`. */
  readonly unsubscribe: readonly string[]
  /** Why `prune` unsubscribes no account, although there are surplus ones. Absent when it does. */
  readonly withheld?: WithheldRemovals
  /** Ids of the accounts to subscribe, in the order of `users`. */
  readonly subscribe: readonly string[]
  /** The accounts of `users` without credentials, in the order of `users`. */
  readonly skipped: readonly SkippedAccount[]
  /** Ids of the accounts that are subscribed already, in the order of `users`. */
  readonly unchanged: readonly string[]
  /** Ids of the accounts that are subscribed but not in `users`. */
  readonly surplus: readonly string[]
  /**
   * Applies the plan: one call for each account, and unsubscribes first, because that makes room. It also resolves when
   * some accounts failed.
   *
   * @param options - Override the options that the plan was made with.
   * @throws TypeError or RangeError when an option is wrong.
   * @throws the reason of `signal` when it aborts.
   */
  apply(options?: SubscriptionSyncApplyOptions): Promise<SubscriptionSyncResult>
}
