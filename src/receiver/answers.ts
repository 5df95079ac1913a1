import type { VerificationError, VerificationReason } from '../errors/verification-error.ts'
import type { WebhookAnswer } from './receiver.ts'

/** What every answer says: X does not want it redirected or compressed, and nobody is to keep it. */
const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const

/** X takes exactly 200 for received. */
export const received: WebhookAnswer = { status: 200, headers, body: '{}' }

export const methodNotAllowed: WebhookAnswer = {
  ...refusal(405, 'method_not_allowed', 'X sends GET and POST'),
  headers: { ...headers, allow: 'GET, POST' },
}

/** X sends it again. */
export const handlerFailed: WebhookAnswer = refusal(500, 'handler_failed', 'An event of this delivery was not handled')

/** X sends it again. */
export const unavailable: WebhookAnswer = refusal(500, 'unavailable', 'The receiver could not look at this request')

export function crcAnswered(answer: { response_token: string }): WebhookAnswer {
  return { status: 200, headers, body: JSON.stringify(answer) }
}

export function refused(error: VerificationError): WebhookAnswer {
  return refusal(statusOf(error.reason), error.reason, error.message)
}

function refusal(status: number, error: string, message: string): WebhookAnswer {
  return { status, headers, body: JSON.stringify({ error, message }) }
}

function statusOf(reason: VerificationReason): number {
  switch (reason) {
    case 'signature_missing':
    case 'signature_malformed':
    case 'signature_mismatch':
      return 401
    case 'crc_token_missing':
    case 'crc_token_refused':
    case 'body_not_json':
    case 'not_a_delivery':
      return 400
    case 'body_too_large':
      return 413
    // Not X's fault but this server's: X is to send it again, when it is mended.
    case 'body_not_raw':
      return 500
    default:
      return reason satisfies never
  }
}
