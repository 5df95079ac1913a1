import { v2Date } from '../dates.ts'
import type { AppCall } from '../router.ts'
import type { WebhookState } from '../state.ts'

/** A webhook as v2 shows it. */
export function webhookData({ id, url, valid, createdAt }: WebhookState): object {
  return { id, url, valid, created_at: v2Date(createdAt) }
}

/** The webhook that the path or `id` names, if it is one of the app's. */
export function findWebhook(call: AppCall, id: string = call.param('webhook_id')): WebhookState | undefined {
  const webhook = call.platform.state.webhooks.get(id)
  return webhook?.appId === call.app.id ? webhook : undefined
}
