import type { AppCall } from '../../route.ts'
import type { WebhookState } from '../../state.ts'
import { noContent, noSuchWebhook } from '../../v1-problems.ts'

/** Deletes a webhook, and its subscriptions with it. */
export function remove({ platform: { state } }: AppCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return noSuchWebhook()
  state.deleteWebhook(webhook)
  return noContent()
}
