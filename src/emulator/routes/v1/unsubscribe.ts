import type { AppCall } from '../../api/route.ts'
import { noContent, noSuchPage, noSuchWebhook, subscriptionsDenied } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'

/** Ends the subscription of a user. */
export function unsubscribe({ platform, app }: AppCall, webhook: WebhookState | undefined, userId: string): Response {
  if (!webhook) return noSuchWebhook()
  if (app.deniedUsers.has(userId)) return subscriptionsDenied()
  if (!webhook.subscribers.has(userId)) return noSuchPage()
  platform.state.unsubscribe(userId, webhook)
  return noContent()
}
