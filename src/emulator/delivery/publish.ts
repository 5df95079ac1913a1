import { wireJson } from '../../payloads/wire-json.ts'
import type { Platform } from '../platform.ts'
import type { DeliveryApi, Message } from '../state/event-log.ts'
import type { WebhookState } from '../state/tables.ts'
import { deliverLive, type LiveEvent } from './live-delivery.ts'

interface PublishOptions {
  /** The members before `payload` that differ from user to user. */
  readonly fieldsFor?: (userId: string) => object
  /**
   * Whether a webhook of a user receives the event.
   *
   * @defaultValue all webhooks do
   */
  readonly reaches?: (webhook: WebhookState, userId: string) => boolean
}

/**
 * Sends an event to the subscribed users among some users: one delivery for each subscription. A user who is listed twice
 * counts once. The function does not wait for the deliveries. An invalid webhook is skipped, so the event cannot be
 * replayed to it either.
 *
 * @param payload - The members of the body after `for_user_id`.
 */
export function publish(
  platform: Platform,
  userIds: Iterable<string>,
  payload: object,
  { fieldsFor, reaches }: PublishOptions = {},
): void {
  platform.scheduler.startDueTasks()
  let rest: string | undefined
  for (const userId of new Set(userIds)) {
    const webhooks = [...platform.state.webhooksOf(userId)].filter(
      (webhook) => webhook.valid && (reaches?.(webhook, userId) ?? true),
    )
    if (webhooks.length === 0) continue
    // Serialised once: the payload may be long, and is the same for all users.
    rest ??= wireJson(payload).slice(1)
    const own = fieldsFor === undefined ? {} : fieldsFor(userId)
    const message: Message = {
      api: 'account_activity',
      body: `{"for_user_id":"${userId}",${leadingMembers(own)}${rest}`,
      forUserId: userId,
    }
    for (const webhook of webhooks) sendEvent(platform, webhook, message)
  }
}

/** Sends an event to one webhook, and logs it for replays. */
export function sendEvent(platform: Platform, webhook: WebhookState, message: Message): void {
  const { state, faults, clock } = platform
  const app = state.apps.get(webhook.appId)
  if (app === undefined) return
  const hasUnknownFields = faults.shouldInject('deliveries.unknownFields')
  logAndDeliver(platform, { webhook, app, message: hasUnknownFields ? withUnknownFields(message) : message })
  if (message.forUserId === undefined || !faults.shouldInject('deliveries.unknownType')) return
  logAndDeliver(platform, { webhook, app, message: unknownTypeMessage(message, message.forUserId, clock.now()) })
}

function logAndDeliver(platform: Platform, event: LiveEvent): void {
  const { faults, delayedDeliveries, clock, replay } = platform
  const { webhook, message } = event
  webhook.log.append({ occurredAt: clock.now(), message }, replay.keptBytes)
  const deliver = () => void deliverLive(platform, event)
  const isDuplicated = faults.shouldInject('deliveries.duplicated')
  if (faults.shouldInject('deliveries.reordered')) delayedDeliveries.add(deliver)
  else {
    deliver()
    delayedDeliveries.release()
  }
  if (isDuplicated) deliver()
}

/** The members of an object in JSON, followed by a comma. Empty when there are none. */
function leadingMembers(fields: object): string {
  const json = wireJson(fields)
  return json === '{}' ? '' : `${json.slice(1, -1)},`
}

/** Where the first member of an event is. */
const eventStart: Readonly<Record<DeliveryApi, RegExp>> = {
  account_activity: /(?<="\w+_events":\[\{)/,
  activity: /(?<="payload":\{)/,
  filtered_stream: /(?<="data":\{)/,
}

/** The same message with a field in its envelope and a field in its event that X does not document. */
function withUnknownFields({ body, ...message }: Message): Message {
  const extended = body
    .replace(eventStart[message.api], '"undocumented_field":{"depth":[1,null]},')
    .replace(/\}$/, ',"undocumented_context":{"version":2}}')
  return { ...message, body: extended }
}

/** A message with an event of a type that X does not document. */
function unknownTypeMessage(message: Message, forUserId: string, now: number): Message {
  const event = { id: `${now}`, created_timestamp: `${now}`, kind: 'undocumented' }
  const body =
    message.api === 'activity'
      ? { data: { filter: { user_id: forUserId }, event_type: 'undocumented.create', payload: event } }
      : { for_user_id: forUserId, undocumented_events: [event] }
  return { ...message, body: JSON.stringify(body) }
}
