/**
 * The errors of this package: their classes, a guard for each class, and the reasons of failed calls.
 *
 * @module
 */
export { AccountActivityError, type ErrorCode } from '../errors/account-activity-error.ts'
export { ApiError, type ApiErrorInit, type LimitKind, type Problem, type RateLimit } from '../errors/api-error.ts'
export {
  type AnyAccountActivityError,
  isAccountActivityError,
  isApiError,
  isReplayWindowError,
  isResponseError,
  isTransportError,
  isVerificationError,
} from '../errors/guards.ts'
export {
  type Endpoint,
  endpointReasons,
  type GeneralReason,
  generalReasons,
  type PlatformReason,
  type ReasonOf,
} from '../errors/reasons.ts'
export { ReplayWindowError, type ReplayWindowIssue, type ReplayWindowIssueCode } from '../errors/replay-window-error.ts'
export { type Issue, ResponseError, type ResponseErrorInit } from '../errors/response-error.ts'
export { TransportError, type TransportErrorInit, type TransportReason } from '../errors/transport-error.ts'
export { VerificationError, type VerificationReason } from '../errors/verification-error.ts'
