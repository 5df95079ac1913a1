import type { OAuth2UserCredentials, UserCredentials } from '../auth/credentials.ts'
import type { SubscriptionsClient } from '../client/account-activity-client.ts'
import type { ReasonOf } from '../errors/reasons.ts'
import type { TransportReason } from '../errors/transport-error.ts'
import type { Clock } from '../internal/clock.ts'
import type { Sleep } from '../internal/timers.ts'

/** What syncing subscriptions needs of a client: any of them has it. */
export interface SubscriptionSyncClient {
  readonly subscriptions: Pick<
    SubscriptionsClient<UserCredentials | OAuth2UserCredentials>,
    'create' | 'delete' | 'list'
  >
}

/** An account that is to be subscribed; version 1.1 takes OAuth 1.0a only. */
export type SubscriptionSyncUser = (UserCredentials | OAuth2UserCredentials) & {
  /** Its id; where it is not given, it is read off the OAuth 1.0a access token, which begins with it. */
  readonly userId?: string
}

/** What is done about an account. */
export type SubscriptionSyncAction = 'subscribe' | 'unsubscribe'

/** Why something could not be done about an account. */
export type SubscriptionSyncFailureReason =
  | ReasonOf<'subscriptions.create' | 'subscriptions.delete'>
  | TransportReason
  /** X said yes in a form that none of its documents shows; whether it was done is not certain. */
  | 'InvalidResponse'

/** What could not be done about an account. */
export interface SubscriptionSyncFailure {
  readonly userId: string
  readonly action: SubscriptionSyncAction
  readonly reason: SubscriptionSyncFailureReason
  /** What the call was rejected with; for accounts that were not tried any more, what made it pointless. */
  readonly error: unknown
}

/** How far a sync is. */
export interface SubscriptionSyncProgress {
  readonly userId: string
  readonly action: SubscriptionSyncAction
  /** Why it failed, where it did. */
  readonly failure?: SubscriptionSyncFailure
  /** Accounts that are done, this one included, failed ones too. */
  readonly done: number
  readonly total: number
}

/** How a plan is carried out. */
export interface SubscriptionSyncApplyOptions {
  /** How many calls are under way at a time: 8 unless set. */
  readonly concurrency?: number
  /** Is told of each account as it is done. What it returns or throws changes nothing. */
  readonly onProgress?: (progress: SubscriptionSyncProgress) => unknown
  /** Ends it; what is left is done by the next sync. */
  readonly signal?: AbortSignal | undefined
  /** The time in milliseconds since 1970; `Date.now` unless set. */
  readonly now?: Clock
  /** Waits; a timer unless set. */
  readonly sleep?: Sleep
}

/** What has been done. */
export interface SubscriptionSyncResult {
  /** Ids of the accounts that were subscribed, or had been by somebody else meanwhile. */
  readonly subscribed: readonly string[]
  /** Ids of the accounts that were unsubscribed, or had been by somebody else meanwhile. */
  readonly unsubscribed: readonly string[]
  /** What could not be done; a later sync tries it again. */
  readonly failed: readonly SubscriptionSyncFailure[]
}

/** Who is subscribed, and what is to be done about it. */
export interface SubscriptionSyncPlan {
  /** Ids of the accounts that are to be subscribed, in the order they were given in. */
  readonly subscribe: readonly string[]
  /** Ids of the accounts that are to be unsubscribed: the surplus where `prune` is set, else none. */
  readonly unsubscribe: readonly string[]
  /** Ids of the accounts that are subscribed as wanted. */
  readonly unchanged: readonly string[]
  /** Ids of the accounts that are subscribed and were not named. */
  readonly surplus: readonly string[]
  /**
   * Carries it out: one call for each account to subscribe or unsubscribe, after those that make room. It resolves also
   * when some accounts failed.
   *
   * @throws the reason of `signal` when it fires.
   */
  apply(options?: SubscriptionSyncApplyOptions): Promise<SubscriptionSyncResult>
}
