import type { UserCall } from '../../api/route.ts'
import { noContent, noSuchWebhook, subscriptionExists, subscriptionsDenied } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'
import { subscribeUser } from '../../webhooks/subscribe-user.ts'
import { tooManyResources } from './webhook-refused.ts'

/** Subscribes the one who signed. */
export function subscribe({ platform, app, user }: UserCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return noSuchWebhook()
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
