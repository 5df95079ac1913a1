import type { AppCall, UserCall } from '../../api/route.ts'
import {
  noContent,
  pageNotFound,
  subscriptionExists,
  subscriptionsDenied,
  webhookNotFound,
} from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'
import { subscribeUser } from '../../webhooks/subscribe-user.ts'
import { tooManyResources } from './webhooks.ts'

/** What both counts say of the account that the app belongs to. */
export function accountCounts({ platform: { state, limits }, app }: AppCall) {
  return {
    account_name: state.users.get(app.ownerId)?.screenName ?? '',
    provisioned_count: String(limits.subscriptions),
    subscriptions: String(state.subscribersOfAccount(app.ownerId).size),
  }
}

/** Whether the one who signed is subscribed: status 204, or 404. */
export function answerCheck({ app, user }: UserCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return webhookNotFound()
  if (app.deniedUsers.has(user.id)) return subscriptionsDenied()
  return webhook.subscribers.has(user.id) ? noContent() : pageNotFound()
}

/** Ends the subscription of a user. */
export function answerUnsubscribe(
  { platform, app }: AppCall,
  webhook: WebhookState | undefined,
  userId: string,
): Response {
  if (!webhook) return webhookNotFound()
  if (app.deniedUsers.has(userId)) return subscriptionsDenied()
  if (!webhook.subscribers.has(userId)) return pageNotFound()
  platform.state.unsubscribe(userId, webhook)
  return noContent()
}

/** Subscribes the one who signed. */
export function answerSubscribe({ platform, app, user }: UserCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return webhookNotFound()
  if (app.deniedUsers.has(user.id)) return subscriptionsDenied()
  const refused = subscribeUser(platform, { app, user, webhook })
  if (!refused) return noContent()
  const { reason } = refused
  switch (reason) {
    case 'DuplicateSubscriptionFailed':
      return subscriptionExists()
    case 'SubscriptionLimitExceeded':
      // Documented for webhooks alone; X has no other words for it.
      return tooManyResources(403)
    default:
      return reason satisfies never
  }
}
