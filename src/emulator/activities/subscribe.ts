import type { Platform } from '../platform.ts'
import type { ActivityFilter, ActivitySubscription, AppState } from '../state/tables.ts'

/** An activity subscription to be created. */
export type NewActivitySubscription = Pick<
  ActivitySubscription,
  'createdBy' | 'eventType' | 'filter' | 'webhookId' | 'tag' | 'expiresAt'
>

/** Why no subscription was created. */
export interface ActivityRefusal {
  readonly reason: 'DuplicateSubscription' | 'OverlappingSubscription' | 'SubscriptionLimitExceeded'
  readonly details: string
}

/**
 * Creates an activity subscription for an app, or returns why it did not. X refuses a subscription that exists. When only
 * the time of its end differs, X changes that instead.
 */
export function subscribeToActivity(
  platform: Platform,
  app: AppState,
  wanted: NewActivitySubscription,
): ActivitySubscription | ActivityRefusal {
  const { state, clock, limits, nextId } = platform
  const similar = [...state.activitySubscriptionsOf(wanted.eventType, wanted.filter.userId)].filter(
    ({ appId, filter }) => appId === app.id && selectsSame(filter, wanted.filter),
  )
  const existing = similar.find(({ filter }) => qualifiersKey(filter) === qualifiersKey(wanted.filter))
  if (existing) return refresh(platform, existing, wanted.expiresAt)
  if (similar.some(({ filter }) => (filter.qualifiers === undefined) !== (wanted.filter.qualifiers === undefined))) {
    const details = 'A subscription with qualifiers and one without select the same events'
    return { reason: 'OverlappingSubscription', details }
  }
  const limit = limits.activitySubscriptions
  if (state.countActivitySubscriptions(app.ownerId) >= limit) {
    return { reason: 'SubscriptionLimitExceeded', details: `The account has ${limit} of ${limit} subscriptions` }
  }
  const now = clock.now()
  const created: ActivitySubscription = { ...wanted, id: nextId(), appId: app.id, createdAt: now, updatedAt: now }
  state.addActivitySubscription(created)
  scheduleExpiry(platform, created)
  return created
}

/** Schedules the end of the subscriptions of a saved state. */
export function resumeExpiries(platform: Platform): void {
  for (const subscription of platform.state.activitySubscriptions.values()) scheduleExpiry(platform, subscription)
}

function refresh(
  platform: Platform,
  existing: ActivitySubscription,
  expiresAt: number | undefined,
): ActivitySubscription | ActivityRefusal {
  if (existing.expiresAt === expiresAt) {
    return { reason: 'DuplicateSubscription', details: 'The subscription already exists' }
  }
  if (expiresAt === undefined) delete existing.expiresAt
  else existing.expiresAt = expiresAt
  existing.updatedAt = platform.clock.now()
  scheduleExpiry(platform, existing)
  return existing
}

/** Removes a subscription at its end. By then, it may have been removed or its end may have been changed. */
function scheduleExpiry({ state, scheduler }: Platform, { id, expiresAt }: ActivitySubscription): void {
  if (expiresAt === undefined) return
  scheduler.schedule(expiresAt, () => {
    const subscription = state.activitySubscriptions.get(id)
    if (subscription?.expiresAt === expiresAt) state.removeActivitySubscription(subscription)
  })
}

/** Whether two filters select the same events, apart from their qualifiers. */
function selectsSame(one: ActivityFilter, other: ActivityFilter): boolean {
  return (
    one.userId === other.userId &&
    one.keyword?.toLowerCase() === other.keyword?.toLowerCase() &&
    one.direction === other.direction
  )
}

function qualifiersKey({ qualifiers = new Map() }: ActivityFilter): string {
  return JSON.stringify([...qualifiers].sort())
}
