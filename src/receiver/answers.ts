import type { VerificationError, VerificationReason } from '../errors/verification-error.ts'
import type { WebhookAnswer } from './receiver.ts'

/** X does not accept redirects or compressed answers, and nothing on the way may cache an answer. */
const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const

/** How a request is answered, and the reason when the status is not 200. Frozen, because one object answers many. */
export interface Decision {
  readonly answer: WebhookAnswer
  readonly reason?: string
}

/** For X, exactly the status 200 means received. */
export const received: Decision = freeze({ answer: { status: 200, headers, body: '{}' } })

export const methodNotAllowed = refusal(405, 'method_not_allowed', 'A webhook is called with GET or POST.', {
  allow: 'GET, POST',
})

export const handlerFailed = refusal(500, 'handler_failed', 'An event of this delivery was not handled.')

export const handlerTooSlow = refusal(500, 'handler_timeout', 'An event of this delivery was not handled in time.')

export const inboxFailed = refusal(500, 'inbox_failed', 'This delivery could not be stored.')

export const unavailable = refusal(500, 'unavailable', 'The receiver could not process this request.')

export const bodyTooSlow = refusal(408, 'body_too_slow', 'The body of this request took too long.')

/** For proxies and other clients. X has its own schedule. */
const soon = { 'retry-after': '1' }

export const busy = refusal(503, 'busy', 'The receiver is handling too many deliveries.', soon)

export const closing = refusal(503, 'closing', 'The receiver is closing.', soon)

export function crcAnswered(answer: { response_token: string }): Decision {
  return freeze({ answer: { status: 200, headers, body: JSON.stringify(answer) } })
}

export function refused(error: VerificationError): Decision {
  return refusal(statusOf(error.reason), error.reason, error.message)
}

function refusal(status: number, reason: string, message: string, more: Record<string, string> = {}): Decision {
  const body = JSON.stringify({ error: reason, message })
  return freeze({ answer: { status, headers: { ...headers, ...more }, body }, reason })
}

function freeze(decision: Decision): Decision {
  Object.freeze(decision.answer.headers)
  Object.freeze(decision.answer)
  return Object.freeze(decision)
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
    case 'too_many_events':
      return 413
    // The fault is in this server, not in the request: X sends the delivery again.
    case 'body_not_raw':
      return 500
    default:
      return reason satisfies never
  }
}
