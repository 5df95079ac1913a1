import { isApiError, isTransportError } from '../../errors/guards.ts'
import type { WaitReason } from '../recovery-step.ts'

/** What a recovery can do about a failed call. */
export type Refusal =
  /** Wait and make the same call again, at `until` if X named a time (milliseconds since 1970). */
  | { readonly type: 'wait'; readonly reason: WaitReason; readonly until?: number }
  /** Wait until X can reach the webhook. */
  | { readonly type: 'unreachable' }
  /** Ask for another window: X does not accept this one. */
  | { readonly type: 'window' }
  /** Nothing: every further call would fail in the same way. */
  | { readonly type: 'final' }

export function classifyRefusal(error: unknown): Refusal {
  if (isTransportError(error)) return { type: 'wait', reason: 'unavailable' }
  if (!isApiError(error)) return { type: 'final' }
  const resetAt = (error.retryAt ?? error.rateLimit?.resetAt)?.getTime()
  switch (error.reason) {
    case 'ReplayConflictError':
      return { type: 'wait', reason: 'conflict' }
    case 'RateLimited':
      // The cap of the plan does not reset soon, and no call is accepted before.
      if (error.limitedBy === 'usage_cap') return { type: 'final' }
      return { type: 'wait', reason: 'rate_limit', ...(resetAt !== undefined && { until: resetAt }) }
    case 'ServerError':
      return { type: 'wait', reason: 'unavailable' }
    case 'CrcValidationFailed':
      return { type: 'unreachable' }
    case 'QueryParamInvalid':
      return { type: 'window' }
    default:
      return { type: 'final' }
  }
}
