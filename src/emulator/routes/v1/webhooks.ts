import { readParameter } from '../../api/api-request.ts'
import type { AppCall } from '../../api/route.ts'
import { noContent, noSuchWebhook, v1Error, wrongCredentials } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'
import { type CrcFault, challengeWebhook } from '../../webhooks/challenge.ts'
import { type Registration, type RegistrationRefusal, registerWebhook } from '../../webhooks/register-webhook.ts'

/** Deletes a webhook, and its subscriptions with it. */
export function remove({ platform: { state } }: AppCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return noSuchWebhook()
  state.deleteWebhook(webhook)
  return noContent()
}

const unfit = 'Webhook URL does not meet the requirements.'

const wrongToken = `${unfit} Invalid CRC token or json response format.`

const not200 = 'Non-200 response code during CRC GET request (i.e. 404, 500, etc).'

const crcMessages = {
  token: wrongToken,
  encoding: wrongToken,
  certificate: unfit,
  late: 'High latency on CRC GET request. Your webhook should respond in less than 3 seconds.',
  redirect: not200,
  status: not200,
  connection: not200,
} as const satisfies Record<CrcFault, string>

/**
 * Code 214 in each of its meanings.
 *
 * @param whenFull - The status where there are too many: documented as 403 for enterprise, seen as 400 on premium.
 */
export function webhookRefused(refusal: RegistrationRefusal, whenFull: 400 | 403): Response {
  switch (refusal.reason) {
    case 'CrcValidationFailed':
      return crcFailed(refusal.fault)
    case 'WebhookLimitExceeded':
      return tooManyResources(whenFull)
    case 'UrlValidationFailed':
    case 'DuplicateUrlFailed':
      return v1Error(403, { code: 214, message: unfit })
    default:
      return refusal satisfies never
  }
}

export function crcFailed(fault: CrcFault): Response {
  return v1Error(403, { code: 214, message: crcMessages[fault] })
}

export function tooManyResources(status: 400 | 403): Response {
  return v1Error(status, { code: 214, message: 'Too many resources already created.' })
}

/** Registers the `url` of the query or of the form for the owner of the app, or says why not. */
export async function register(
  { platform, request, app, caller }: AppCall,
  { whenFull, ...place }: Pick<Registration, 'environment'> & { readonly whenFull: 400 | 403 },
): Promise<WebhookState | Response> {
  if (!('user' in caller) || caller.user.id !== app.ownerId) return wrongCredentials()
  const webhook = await registerWebhook(platform, { app, url: readParameter(request, 'url') ?? '', ...place })
  return 'reason' in webhook ? webhookRefused(webhook, whenFull) : webhook
}

/** Challenges a webhook, which is valid again when it passes. */
export async function validate({ platform, app }: AppCall, webhook: WebhookState | undefined): Promise<Response> {
  if (!webhook) return noSuchWebhook()
  const crc = await challengeWebhook(platform, webhook, app)
  return crc.passed ? noContent() : crcFailed(crc.fault)
}
