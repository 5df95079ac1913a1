import { readParameter } from '../../api/api-request.ts'
import type { AppCall } from '../../api/route.ts'
import { wrongCredentials } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'
import { type Registration, registerWebhook } from '../../webhooks/register-webhook.ts'
import { webhookRefused } from './webhook-refused.ts'

/** Registers the `url` of the query or of the form for the owner of the app, or says why not. */
export async function register(
  { platform, request, app, caller }: AppCall,
  { whenFull, ...place }: Pick<Registration, 'environment'> & { readonly whenFull: 400 | 403 },
): Promise<WebhookState | Response> {
  if (!('user' in caller) || caller.user.id !== app.ownerId) return wrongCredentials()
  const webhook = await registerWebhook(platform, { app, url: readParameter(request, 'url') ?? '', ...place })
  return 'reason' in webhook ? webhookRefused(webhook, whenFull) : webhook
}
