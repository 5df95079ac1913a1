import type { AppCall } from '../../api/route.ts'
import { noContent, noSuchWebhook } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'

/** Deletes a webhook, and its subscriptions with it. */
export function remove({ platform: { state } }: AppCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return noSuchWebhook()
  state.deleteWebhook(webhook)
  return noContent()
}
