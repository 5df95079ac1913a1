import type { Platform } from '../platform.ts'
import type { AppState, UserState, WebhookState } from '../state/tables.ts'

/** A subscription to be created. */
export interface NewSubscription {
  readonly app: AppState
  readonly user: UserState
  readonly webhook: WebhookState
}

/** Why a user was not subscribed. */
export interface SubscriptionRefusal {
  readonly reason: 'DuplicateSubscriptionFailed' | 'SubscriptionLimitExceeded'
  readonly details: string
}

/** Subscribes a user to a webhook, or returns why it did not. */
export function subscribeUser(
  { state, limits }: Platform,
  { app, user, webhook }: NewSubscription,
): SubscriptionRefusal | undefined {
  if (webhook.subscribers.has(user.id)) {
    return { reason: 'DuplicateSubscriptionFailed', details: 'Subscription already exists' }
  }
  const limit = limits.subscriptions
  const subscribers = state.subscribersOfAccount(app.ownerId)
  if (subscribers.size >= limit && !subscribers.has(user.id)) {
    return { reason: 'SubscriptionLimitExceeded', details: `The account has ${limit} of ${limit} subscriptions` }
  }
  state.subscribe(user.id, webhook)
  return undefined
}
