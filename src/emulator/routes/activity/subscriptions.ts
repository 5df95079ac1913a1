import { v2Date } from '../../../payloads/dates.ts'
import { subscriptionNotFound } from '../../api/problems.ts'
import type { AppCall } from '../../api/route.ts'
import { wireFilter } from '../../delivery/publish-activity.ts'
import type { ActivitySubscription } from '../../state/tables.ts'

/** What the routes of one subscription accept. */
export const anyToken = {
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 2.0 User Context', 'OAuth 1.0a User Context'],
  rate: 500,
} as const

/** A subscription in the form of X. */
export function subscriptionData(subscription: ActivitySubscription): object {
  const { id, eventType, filter, tag, webhookId, createdAt, updatedAt, expiresAt } = subscription
  return {
    subscription_id: id,
    event_type: eventType,
    filter: wireFilter(filter),
    ...(tag !== undefined && { tag }),
    ...(webhookId !== undefined && { webhook_id: webhookId }),
    created_at: v2Date(createdAt),
    updated_at: v2Date(updatedAt),
    ...(expiresAt !== undefined && { expires_at: v2Date(expiresAt) }),
  }
}

/** The subscriptions that the caller may see: those of the app. With the token of a user, only those of that user. */
export function subscriptionsOf({ platform: { state }, app, caller }: AppCall): ActivitySubscription[] {
  const userId = caller.by === 'OAuth 2.0 Application-Only' ? undefined : caller.user.id
  return [...state.activitySubscriptions.values()].filter(
    ({ appId, filter, createdBy }) =>
      appId === app.id && (userId === undefined || filter.userId === userId || createdBy === userId),
  )
}

/** The subscription with the `:subscription_id` of the path, or X's refusal. */
export function findSubscription(call: AppCall): ActivitySubscription | Response {
  const id = call.param('subscription_id')
  return subscriptionsOf(call).find((subscription) => subscription.id === id) ?? subscriptionNotFound(id)
}

/** The number of subscriptions of the account. */
export function totalSubscriptions({ platform: { state }, app }: AppCall): number {
  return state.countActivitySubscriptions(app.ownerId)
}
