import type { Message } from './event-log.ts'
import type { Platform } from './platform.ts'
import type { WebhookState } from './state.ts'
import { wireJson } from './wire-json.ts'

/** The part of a delivery that follows `for_user_id`; it may differ from user to user. */
type Fields = (userId: string) => object

/**
 * Lets the subscribed ones among some users know what happened: one POST for each subscription, each user once.
 * Nobody waits for the deliveries; what an invalid webhook misses is not tried, and so cannot be replayed.
 */
export function publish(platform: Platform, userIds: Iterable<string>, fields: Fields): void {
  for (const userId of new Set(userIds)) {
    const webhooks = [...platform.state.webhooksOf(userId)].filter(({ valid }) => valid)
    if (webhooks.length === 0) continue
    const body = wireJson({ for_user_id: userId, ...fields(userId) })
    for (const webhook of webhooks) send(platform, webhook, { body, forUserId: userId })
  }
}

/** Sends an event to one webhook, and keeps it for replay. */
export function send({ state, outbox, clock }: Platform, webhook: WebhookState, message: Message): void {
  const secret = state.apps.get(webhook.appId)?.consumerSecret
  if (secret === undefined) return
  webhook.log.append({ occurredAt: clock.now(), message })
  void outbox.deliver({ kind: 'live', webhook, secret, ...message })
}
