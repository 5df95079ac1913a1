import type { AppCall, UserCall } from '../../api/route.ts'
import {
  noContent,
  pageNotFound,
  subscriptionExists,
  subscriptionsDenied,
  webhookNotFound,
} from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/tables.ts'
import { subscribeUser } from '../../webhooks/subscribe-user.ts'
import { tooManyResources } from './webhooks.ts'

// What enterprise and premium have in common: they differ in their paths, and in the way they name a webhook.

/** Subscribes the user who signed the request. */
export function answerSubscribe({ platform, app, user }: UserCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return webhookNotFound()
  if (app.deniedUsers.has(user.id)) return subscriptionsDenied()
  const refusal = subscribeUser(platform, { app, user, webhook })
  if (!refusal) return noContent()
  const { reason } = refusal
  switch (reason) {
    case 'DuplicateSubscriptionFailed':
      return subscriptionExists()
    case 'SubscriptionLimitExceeded':
      // X documents this error for webhooks only. It has no other words for the limit of subscriptions.
      return tooManyResources(403)
    default:
      return reason satisfies never
  }
}

/** Answers whether the user who signed the request is subscribed: status 204 or 404. */
export function answerCheck({ app, user }: UserCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return webhookNotFound()
  if (app.deniedUsers.has(user.id)) return subscriptionsDenied()
  return webhook.subscribers.has(user.id) ? noContent() : pageNotFound()
}

/** Deletes the subscription of a user. */
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

/** The counts of the account that owns the app. */
export function accountCounts({ platform: { state, limits }, app }: AppCall) {
  return {
    account_name: state.users.get(app.ownerId)?.screenName ?? '',
    provisioned_count: String(limits.subscriptions),
    subscriptions: String(state.subscribersOfAccount(app.ownerId).size),
  }
}
