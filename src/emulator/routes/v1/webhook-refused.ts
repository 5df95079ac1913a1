import { v1Error } from '../../api/v1-problems.ts'
import type { CrcFault } from '../../webhooks/challenge.ts'
import type { RegistrationRefusal } from '../../webhooks/register-webhook.ts'

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
