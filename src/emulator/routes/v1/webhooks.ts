import { readParameter } from '../../api/api-request.ts'
import type { AppCall } from '../../api/route.ts'
import { noContent, v1Error, webhookNotFound, wrongCredentials } from '../../api/v1-problems.ts'
import type { WebhookState } from '../../state/tables.ts'
import { type CrcFault, challengeWebhook } from '../../webhooks/challenge.ts'
import { type Registration, type RegistrationRefusal, registerWebhook } from '../../webhooks/register-webhook.ts'

// What enterprise and premium have in common: they differ in their paths, and in the way they name a webhook.

/**
 * Registers the `url` of the query or of the form, when the owner of the app signed the request.
 *
 * @param whenFull - The status of the answer when the limit is reached: documented as 403 for enterprise, and observed as
 * 400 for premium.
 * @returns The webhook, or the refusal.
 */
export async function registerForOwner(
  { platform, request, app, caller }: AppCall,
  { whenFull, ...place }: Pick<Registration, 'environment'> & { readonly whenFull: 400 | 403 },
): Promise<WebhookState | Response> {
  if (!('user' in caller) || caller.user.id !== app.ownerId) return wrongCredentials()
  const url = readParameter(request, 'url') ?? ''
  const webhook = await registerWebhook(platform, { app, url, isVersion1: true, ...place })
  return 'reason' in webhook ? registrationRefused(webhook, whenFull) : webhook
}

/** Challenges a webhook. It is valid again when it passes. */
export async function answerValidation(
  { platform, app }: AppCall,
  webhook: WebhookState | undefined,
): Promise<Response> {
  if (!webhook) return webhookNotFound()
  const crc = await challengeWebhook(platform, webhook, app)
  return crc.passed ? noContent() : crcFailed(crc.fault)
}

/** Deletes a webhook and its subscriptions. */
export function answerDeletion({ platform: { state } }: AppCall, webhook: WebhookState | undefined): Response {
  if (!webhook) return webhookNotFound()
  state.deleteWebhook(webhook)
  return noContent()
}

export function tooManyResources(status: 400 | 403): Response {
  return v1Error(status, { code: 214, message: 'Too many resources already created.' })
}

/** X has one code for all of these, 214, and different messages. */
function registrationRefused(refusal: RegistrationRefusal, whenFull: 400 | 403): Response {
  switch (refusal.reason) {
    case 'CrcValidationFailed':
      return crcFailed(refusal.fault)
    case 'WebhookLimitExceeded':
      return tooManyResources(whenFull)
    case 'UrlValidationFailed':
    case 'DuplicateUrlFailed':
      return v1Error(403, { code: 214, message: unfitUrl })
    default:
      return refusal satisfies never
  }
}

function crcFailed(fault: CrcFault): Response {
  return v1Error(403, { code: 214, message: crcMessages[fault] })
}

const unfitUrl = 'Webhook URL does not meet the requirements.'
const wrongToken = `${unfitUrl} Invalid CRC token or json response format.`
const not200 = 'Non-200 response code during CRC GET request (i.e. 404, 500, etc).'

const crcMessages = {
  token: wrongToken,
  encoding: wrongToken,
  certificate: unfitUrl,
  late: 'High latency on CRC GET request. Your webhook should respond in less than 3 seconds.',
  redirect: not200,
  status: not200,
  connection: not200,
} as const satisfies Record<CrcFault, string>
