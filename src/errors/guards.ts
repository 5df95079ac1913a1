import { brand, type ErrorCode } from './account-activity-error.ts'
import type { ApiError } from './api-error.ts'
import type { Endpoint } from './reasons.ts'
import type { ReplayWindowError } from './replay-window-error.ts'
import type { ResponseError } from './response-error.ts'
import type { TransportError } from './transport-error.ts'
import type { VerificationError } from './verification-error.ts'

/** One of the five errors of this package; a `switch` over `code` tells which. */
export type AnyAccountActivityError = ApiError | TransportError | ResponseError | VerificationError | ReplayWindowError

/** Whether `error` is one of this package's, also where two copies of the package are loaded. */
export function isAccountActivityError(error: unknown): error is AnyAccountActivityError {
  return typeof error === 'object' && error !== null && (error as { [brand]?: unknown })[brand] === true
}

/**
 * Whether X answered and said no; with `endpoint`, whether it was that call that failed, and then `reason` narrows to
 * what that call can answer.
 */
export function isApiError<E extends Endpoint = Endpoint>(error: unknown, endpoint?: E): error is ApiError<E> {
  return hasCode(error, 'api') && (endpoint === undefined || (error as ApiError).endpoint === endpoint)
}

/** Whether there was no answer from X at all. */
export function isTransportError(error: unknown): error is TransportError {
  return hasCode(error, 'transport')
}

/** Whether X said yes in a form that none of its documents shows. */
export function isResponseError(error: unknown): error is ResponseError {
  return hasCode(error, 'response')
}

/** Whether a request to the webhook was not taken for one of X's. */
export function isVerificationError(error: unknown): error is VerificationError {
  return hasCode(error, 'verification')
}

/** Whether a replay window breaks X's rules. */
export function isReplayWindowError(error: unknown): error is ReplayWindowError {
  return hasCode(error, 'replay_window')
}

function hasCode(error: unknown, code: ErrorCode): boolean {
  return isAccountActivityError(error) && error.code === code
}
