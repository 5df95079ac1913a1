import { brand, type ErrorCode } from './account-activity-error.ts'
import type { ApiError } from './api-error.ts'
import type { Endpoint } from './reasons.ts'
import type { ReplayWindowError } from './replay-window-error.ts'
import type { ResponseError } from './response-error.ts'
import type { TransportError } from './transport-error.ts'
import type { VerificationError } from './verification-error.ts'

/** Every error of this package, as a union. A `switch` over `code` narrows it. */
export type AnyAccountActivityError = ApiError | TransportError | ResponseError | VerificationError | ReplayWindowError

/** Whether `error` is an error of this package. It also works if two copies of the package are loaded. */
export function isAccountActivityError(error: unknown): error is AnyAccountActivityError {
  return typeof error === 'object' && error !== null && (error as { [brand]?: unknown })[brand] === true
}

/**
 * Whether X refused a request.
 *
 * @param endpoint - If given, the error must come from this call. Then `reason` has only the reasons of this call.
 */
export function isApiError<E extends Endpoint = Endpoint>(error: unknown, endpoint?: E): error is ApiError<E> {
  return hasCode(error, 'api') && (endpoint === undefined || (error as ApiError).endpoint === endpoint)
}

/** Whether a request got no response: a timeout, an aborted signal, or a failed connection. */
export function isTransportError(error: unknown): error is TransportError {
  return hasCode(error, 'transport')
}

/** Whether X responded with success, but in a form that X does not document. */
export function isResponseError(error: unknown): error is ResponseError {
  return hasCode(error, 'response')
}

/** Whether a request to the webhook was refused, because it was not verified as a request of X. */
export function isVerificationError(error: unknown): error is VerificationError {
  return hasCode(error, 'verification')
}

/** Whether a replay window breaks a rule of X. */
export function isReplayWindowError(error: unknown): error is ReplayWindowError {
  return hasCode(error, 'replay_window')
}

function hasCode(error: unknown, code: ErrorCode): boolean {
  return isAccountActivityError(error) && error.code === code
}
