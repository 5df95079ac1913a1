import { isApiError, isTransportError } from '../../errors/guards.ts'
import type { WaitReason } from '../recovery-step.ts'

/** Why X does not do something now: something to wait out, a window that it does not take, or for good. */
export type Refusal =
  | { readonly type: 'wait'; readonly reason: WaitReason; readonly until?: number }
  | { readonly type: 'unreachable' }
  | { readonly type: 'window' }
  | { readonly type: 'final' }

export function classifyRefusal(error: unknown): Refusal {
  if (isTransportError(error)) return { type: 'wait', reason: 'unavailable' }
  if (!isApiError(error)) return { type: 'final' }
  const resetAt = error.rateLimit?.resetAt?.getTime()
  switch (error.reason) {
    case 'ReplayConflictError':
      return { type: 'wait', reason: 'conflict' }
    case 'RateLimited':
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
