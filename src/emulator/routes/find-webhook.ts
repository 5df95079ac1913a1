import type { AppCall } from '../api/route.ts'
import type { WebhookState } from '../state/state.ts'

/** The webhook that the path or `id` names, if it is one of the app's and bound to no premium environment. */
export function findWebhook(call: AppCall, id: string = call.param('webhook_id')): WebhookState | undefined {
  return webhooksOf(call).find((webhook) => webhook.id === id)
}

/** The webhooks of the app that are bound to an environment of premium, or to none: those of v2 and enterprise. */
export function webhooksOf({ platform: { state }, app }: AppCall, environment?: string): WebhookState[] {
  return [...state.webhooks.values()].filter(
    (webhook) => webhook.appId === app.id && webhook.environment === environment,
  )
}
