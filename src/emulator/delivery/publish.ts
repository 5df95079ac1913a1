import { wireJson } from '../payloads/wire-json.ts'
import type { Platform } from '../platform.ts'
import type { Message } from '../state/event-log.ts'
import type { WebhookState } from '../state/state.ts'
import { deliverLive, type LiveEvent } from './live-delivery.ts'

/** The same delivery with a field in its envelope, and one in its event, that X does not document. */
export function withUnknownFields({ body, ...message }: Message): Message {
  const widened = body
    .replace(/(?<="\w+_events":\[\{)/, '"unheard_of":{"depth":[1,null]},')
    .replace(/\}$/, ',"unheard_of_context":{"version":2}}')
  return { ...message, body: widened }
}

/** A delivery of a type of event that X does not document. */
export function unknownTypeMessage(forUserId: string, now: number): Message {
  const event = { id: `${now}`, created_timestamp: `${now}`, kind: 'unheard_of' }
  return { forUserId, body: JSON.stringify({ for_user_id: forUserId, unheard_of_events: [event] }) }
}

/**
 * Lets the subscribed ones among some users know what happened: one POST for each subscription, each user once.
 * Nobody waits for the deliveries; what an invalid webhook misses is not tried, and so cannot be replayed.
 *
 * @param payload - What follows `for_user_id` in the body.
 * @param fieldsFor - What stands between the two, where that differs from user to user.
 */
export function publish(
  platform: Platform,
  userIds: Iterable<string>,
  payload: object,
  fieldsFor?: (userId: string) => object,
): void {
  platform.scheduler.startDueTasks()
  let rest: string | undefined
  for (const userId of new Set(userIds)) {
    const webhooks = [...platform.state.webhooksOf(userId)].filter(({ valid }) => valid)
    if (webhooks.length === 0) continue
    // The payload may be long, and is the same for all.
    rest ??= wireJson(payload).slice(1)
    const own = fieldsFor === undefined ? {} : fieldsFor(userId)
    const message = { body: `{"for_user_id":"${userId}",${leadingMembers(own)}${rest}`, forUserId: userId }
    for (const webhook of webhooks) sendEvent(platform, webhook, message)
  }
}

/** The members of an object, each with a comma behind it. */
function leadingMembers(fields: object): string {
  const json = wireJson(fields)
  return json === '{}' ? '' : `${json.slice(1, -1)},`
}

/** Sends an event to one webhook, and keeps it for replay. */
export function sendEvent(platform: Platform, webhook: WebhookState, message: Message): void {
  const { state, faults, clock } = platform
  const app = state.apps.get(webhook.appId)
  if (app === undefined) return
  const isWidened = faults.shouldInject('deliveries.unknownFields')
  logAndDeliver(platform, { webhook, app, message: isWidened ? withUnknownFields(message) : message })
  if (message.forUserId === undefined || !faults.shouldInject('deliveries.unknownType')) return
  logAndDeliver(platform, { webhook, app, message: unknownTypeMessage(message.forUserId, clock.now()) })
}

function logAndDeliver(platform: Platform, event: LiveEvent): void {
  const { faults, delayedDeliveries, clock, replay } = platform
  const { webhook, message } = event
  webhook.log.append({ occurredAt: clock.now(), message }, replay.keptBytes)
  const deliver = () => void deliverLive(platform, event)
  const isTwice = faults.shouldInject('deliveries.duplicated')
  if (faults.shouldInject('deliveries.reordered')) delayedDeliveries.add(deliver)
  else {
    deliver()
    delayedDeliveries.release()
  }
  if (isTwice) deliver()
}
