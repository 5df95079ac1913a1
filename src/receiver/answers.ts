import type { VerificationError, VerificationReason } from '../errors/verification-error.ts'
import type { WebhookAnswer } from './receiver.ts'

/** What every answer says: X does not want it redirected or compressed, and nobody is to keep it. */
const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const

/** What was decided about a request: the answer, and why it is not 200. */
export interface Verdict {
  readonly answer: WebhookAnswer
  readonly reason?: string
}

/** X takes exactly 200 for received. */
export const received: Verdict = { answer: { status: 200, headers, body: '{}' } }

export const methodNotAllowed = refusal(405, 'method_not_allowed', 'X sends GET and POST', { allow: 'GET, POST' })

export const handlerFailed = refusal(500, 'handler_failed', 'An event of this delivery was not handled')

export const handlerTooSlow = refusal(500, 'handler_timeout', 'An event of this delivery was not handled in time')

export const inboxFailed = refusal(500, 'inbox_failed', 'This delivery could not be kept')

export const unavailable = refusal(500, 'unavailable', 'The receiver could not look at this request')

export const bodyTooSlow = refusal(408, 'body_too_slow', 'The body of this request took too long')

/** X has a schedule of its own; proxies and others may heed it. */
const soon = { 'retry-after': '1' }

export const busy = refusal(503, 'busy', 'Too many deliveries are under way', soon)

export const closing = refusal(503, 'closing', 'The receiver is about to stop', soon)

export function crcAnswered(answer: { response_token: string }): Verdict {
  return { answer: { status: 200, headers, body: JSON.stringify(answer) } }
}

export function refused(error: VerificationError): Verdict {
  return refusal(statusOf(error.reason), error.reason, error.message)
}

function refusal(status: number, reason: string, message: string, more: Record<string, string> = {}): Verdict {
  const body = JSON.stringify({ error: reason, message })
  return { answer: { status, headers: { ...headers, ...more }, body }, reason }
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
