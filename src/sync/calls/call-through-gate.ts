import { isApiError, isResponseError, isTransportError } from '../../errors/guards.ts'
import type { ReasonOf } from '../../errors/reasons.ts'
import type { TransportReason } from '../../errors/transport-error.ts'
import type { RateGate } from './rate-gate.ts'

/** Why a call failed. */
export interface GatedFailure<Reason extends string> {
  readonly reason: Reason
  readonly error: unknown
  /** Whether every other call of the same action would fail in the same way. */
  readonly appliesToAll: boolean
}

/** The reasons that every call of a sync may fail with. */
type AnyReason = ReasonOf | TransportReason | 'UsageCapped' | 'InvalidResponse'

/** A call that waits while a rate limit is used up. */
export interface GatedCall<Reason extends string> {
  readonly send: () => Promise<unknown>
  /** Whether an error means that the call is done, because another process did it. */
  readonly isDone: (error: unknown) => boolean
  readonly gate: RateGate
  readonly signal: AbortSignal
  /** Why another call failed, if this one would fail in the same way. */
  readonly failureForAll: () => GatedFailure<Reason> | undefined
}

/**
 * Makes a call, and repeats it after a rate limit. Returns why it failed; `undefined` when it is done.
 *
 * @typeParam Reason - The reasons of the call. It must contain those of its endpoint.
 */
export async function callThroughGate<Reason extends string>({
  send,
  isDone,
  gate,
  signal,
  failureForAll,
}: GatedCall<Reason>): Promise<GatedFailure<Reason> | undefined> {
  for (;;) {
    const failureOfOthers = failureForAll()
    if (failureOfOthers !== undefined) return failureOfOthers
    const passedAt = await gate.pass(signal)
    try {
      await send()
      gate.accepted()
      return undefined
    } catch (error) {
      signal.throwIfAborted()
      if (isDone(error)) {
        gate.accepted()
        return undefined
      }
      const mayPass = isApiError(error) && error.reason === 'RateLimited' && error.limitedBy !== 'usage_cap'
      const isWaitedFor = mayPass && gate.refused(passedAt, error.retryAt ?? error.rateLimit?.resetAt)
      if (!isWaitedFor) return classifyFailure(error) as GatedFailure<Reason>
    }
  }
}

/** @throws the error itself when it does not come from a call: it is a defect of this program. */
function classifyFailure(error: unknown): GatedFailure<AnyReason> {
  if (isApiError(error)) {
    if (error.limitedBy === 'usage_cap') return { reason: 'UsageCapped', error, appliesToAll: true }
    const { reason } = error
    const appliesToAll = ['RateLimited', 'WebhookIdInvalid', 'SubscriptionLimitExceeded'].includes(reason)
    return { reason, error, appliesToAll }
  }
  if (isTransportError(error)) return { reason: error.reason, error, appliesToAll: false }
  if (isResponseError(error)) return { reason: 'InvalidResponse', error, appliesToAll: false }
  throw error
}
