import type { AppCall } from '../api/route.ts'
import type { WebhookState } from '../state/tables.ts'

/** The webhook of v2 or enterprise with this id, or with the `:webhook_id` of the path, if it belongs to the app. */
export function findWebhook(call: AppCall, id: string = call.param('webhook_id')): WebhookState | undefined {
  return webhooksOf(call).find((webhook) => webhook.id === id)
}

/** The webhooks of the app in a premium environment. Without an environment, those of v2 and enterprise. */
export function webhooksOf({ platform: { state }, app }: AppCall, environment?: string): WebhookState[] {
  return [...state.webhooks.values()].filter(
    (webhook) => webhook.appId === app.id && webhook.environment === environment,
  )
}
