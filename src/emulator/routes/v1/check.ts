import type { UserCall } from '../../api/route.ts'
import { noContent, noSuchPage, noSuchWebhook, subscriptionsDenied } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'

/** Whether the one who signed is subscribed: status 204, or 404. */
export function check({ app, user }: UserCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return noSuchWebhook()
  if (app.deniedUsers.has(user.id)) return subscriptionsDenied()
  return webhook.subscribers.has(user.id) ? noContent() : noSuchPage()
}
