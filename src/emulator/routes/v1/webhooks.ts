import { readParameter } from '../../api/api-request.ts'
import type { AppCall } from '../../api/route.ts'
import { noContent, v1Error, webhookNotFound, wrongCredentials } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/state.ts'
import { type CrcFault, challengeWebhook } from '../../webhooks/challenge.ts'
import { type Registration, type RegistrationRefusal, registerWebhook } from '../../webhooks/register-webhook.ts'

/** Deletes a webhook, and its subscriptions with it. */
export function answerDeletion({ platform: { state } }: AppCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return webhookNotFound()
  state.deleteWebhook(webhook)
  return noContent()
}

const urlUnfitMessage = 'Webhook URL does not meet the requirements.'

const wrongTokenMessage = `${urlUnfitMessage} Invalid CRC token or json response format.`

const not200Message = 'Non-200 response code during CRC GET request (i.e. 404, 500, etc).'

const crcMessages = {
  token: wrongTokenMessage,
  encoding: wrongTokenMessage,
  certificate: urlUnfitMessage,
  late: 'High latency on CRC GET request. Your webhook should respond in less than 3 seconds.',
  redirect: not200Message,
  status: not200Message,
  connection: not200Message,
} as const satisfies Record<CrcFault, string>

/**
 * Code 214 in each of its meanings.
 *
 * @param whenFull - The status where there are too many: documented as 403 for enterprise, seen as 400 on premium.
 */
export function registrationRefused(refusal: RegistrationRefusal, whenFull: 400 | 403): Response {
  switch (refusal.reason) {
    case 'CrcValidationFailed':
      return crcFailed(refusal.fault)
    case 'WebhookLimitExceeded':
      return tooManyResources(whenFull)
    case 'UrlValidationFailed':
    case 'DuplicateUrlFailed':
      return v1Error(403, { code: 214, message: urlUnfitMessage })
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
export async function registerForOwner(
  { platform, request, app, caller }: AppCall,
  { whenFull, ...place }: Pick<Registration, 'environment'> & { readonly whenFull: 400 | 403 },
): Promise<WebhookState | Response> {
  if (!('user' in caller) || caller.user.id !== app.ownerId) return wrongCredentials()
  const webhook = await registerWebhook(platform, { app, url: readParameter(request, 'url') ?? '', ...place })
  return 'reason' in webhook ? registrationRefused(webhook, whenFull) : webhook
}

/** Challenges a webhook, which is valid again when it passes. */
export async function answerValidation(
  { platform, app }: AppCall,
  webhook: WebhookState | undefined,
): Promise<Response> {
  if (!webhook) return webhookNotFound()
  const crc = await challengeWebhook(platform, webhook, app)
  return crc.passed ? noContent() : crcFailed(crc.fault)
}
