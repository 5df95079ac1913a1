import type { WireActivityFilter } from '../../events/x-activity/wire/envelope.ts'
import { wireJson } from '../../payloads/wire-json.ts'
import { activityBody } from '../../payloads/x-activity/body.ts'
import type { Platform } from '../platform.ts'
import type { ActivityDirection, ActivityFilter, ActivitySubscription } from '../state/tables.ts'
import { sendEvent } from './publish.ts'

/** What a subscription of the X Activity API must select to receive an event. */
export interface ActivityTarget {
  /** The user whom the event concerns. Absent for news. */
  readonly userId?: string
  /** The keyword of the news. */
  readonly keyword?: string
  /** Who acted. Absent for event types without a direction. */
  readonly direction?: ActivityDirection
  /** The values that the qualifiers of a subscription are compared with. */
  readonly qualifiers?: Readonly<Record<string, string>>
}

/** An event of the X Activity API. */
export interface NewActivity {
  readonly eventType: string
  /** The first target that a subscription selects counts: each subscription receives an event once. */
  readonly targets: readonly ActivityTarget[]
  /** Builds the payload. Called only when there is a subscription. */
  readonly payload: () => object
  /** Builds the objects that the payload refers to. */
  readonly includes?: (target: ActivityTarget) => object
  /**
   * The id of the event.
   *
   * @defaultValue a signed 64-bit number, the same for all subscriptions
   */
  readonly uuid?: string
}

/**
 * Sends an event to the subscriptions of the X Activity API that select it: one delivery for each. It does not wait for
 * the deliveries.
 */
export function publishActivity(platform: Platform, activity: NewActivity): void {
  const { state } = platform
  if (state.activitySubscriptions.size === 0) return
  platform.scheduler.startDueTasks()
  const { eventType, targets } = activity
  const found = new Map<ActivitySubscription, ActivityTarget>()
  for (const target of targets) {
    for (const subscription of state.activitySubscriptionsOf(eventType, target.userId)) {
      if (!found.has(subscription) && selects(subscription.filter, target)) found.set(subscription, target)
    }
  }
  if (found.size === 0) return
  const uuid = activity.uuid ?? newEventUuid(platform)
  const payload = activity.payload()
  for (const [subscription, target] of found) {
    const { filter, tag } = subscription
    const includes = activity.includes?.(target)
    const body = wireJson(
      activityBody({
        uuid,
        filter: wireFilter(filter),
        eventType,
        ...(tag !== undefined && { tag }),
        payload,
        ...(includes && { includes }),
      }),
    )
    sendActivity(platform, subscription, body)
  }
}

/** A new `event_uuid`: a signed 64-bit number, as X sends it for most events. */
export function newEventUuid({ random, counters }: Platform): string {
  counters.activities += 1
  return BigInt.asIntN(64, BigInt(`0x${random.hex(`event ${counters.activities}`, 16)}`)).toString()
}

/** A filter in the form of X. */
export function wireFilter({ userId, keyword, direction, qualifiers }: ActivityFilter): WireActivityFilter {
  return {
    ...(userId !== undefined && { user_id: userId }),
    ...(keyword !== undefined && { keyword }),
    ...(direction !== undefined && { direction }),
    ...(qualifiers !== undefined && { qualifiers: Object.fromEntries(qualifiers) }),
  }
}

/** Sends an event to the streams of the app, and to the webhook of the subscription. */
function sendActivity(platform: Platform, subscription: ActivitySubscription, body: string): void {
  const { state, clock, activityFeed } = platform
  const { id, appId, filter, webhookId } = subscription
  const app = state.apps.get(appId)
  if (app === undefined) return
  activityFeed.emit({ app, subscription, occurredAt: clock.now(), body })
  const webhook = state.webhooks.get(webhookId ?? '')
  if (!webhook?.valid) return
  const forUserId = filter.userId
  sendEvent(platform, webhook, {
    api: 'activity',
    body,
    ...(forUserId !== undefined && { forUserId }),
    subscriptionId: id,
  })
}

function selects(filter: ActivityFilter, target: ActivityTarget): boolean {
  const { keyword, direction, qualifiers = [] } = filter
  return (
    keyword?.toLowerCase() === target.keyword?.toLowerCase() &&
    (direction === undefined || direction === target.direction) &&
    [...qualifiers].every(([name, value]) => target.qualifiers?.[name] === value)
  )
}
