import { isApiError, isResponseError, isTransportError } from '../errors/guards.ts'
import { assertFunction, assertInteger, assertObject } from '../internal/assert.ts'
import { notify } from '../internal/emit.ts'
import { resolveOnAbort, sleep as timer } from '../internal/timers.ts'
import { forEachConcurrent } from './for-each-concurrent.ts'
import { createRateGate, type RateGate } from './rate-gate.ts'
import type {
  SubscriptionSyncAction,
  SubscriptionSyncApplyOptions,
  SubscriptionSyncClient,
  SubscriptionSyncFailure,
  SubscriptionSyncFailureReason,
  SubscriptionSyncResult,
  SubscriptionSyncUser,
} from './subscription-plan.ts'

/** A call to make for one account. */
export interface PlannedCall {
  readonly userId: string
  readonly action: SubscriptionSyncAction
  /** The credentials that subscribe the account. */
  readonly user?: SubscriptionSyncUser
}

/** Makes the planned calls, and unsubscribes first, because that makes room. */
export async function applySubscriptionPlan(
  client: SubscriptionSyncClient,
  { webhookId, calls }: { readonly webhookId: string; readonly calls: readonly PlannedCall[] },
  options: SubscriptionSyncApplyOptions,
): Promise<SubscriptionSyncResult> {
  const { concurrency, time, signal, onProgress } = readApplyOptions(options)
  const gate = createRateGate(time)
  const done: PlannedCall[] = []
  const failed: SubscriptionSyncFailure[] = []
  /** A failure that applies to every call of its action: those calls are not made. */
  const failuresForAll = new Map<SubscriptionSyncAction, CallFailure>()

  const makeCall = async (call: PlannedCall) => {
    const { userId, action } = call
    const failureForAll = () => failuresForAll.get(action)
    const problem = await sendWithRetries(client, { webhookId, call, gate, signal, failureForAll })
    if (problem?.appliesToAll) failuresForAll.set(action, problem)
    const failure = problem && { userId, action, reason: problem.reason, error: problem.error }
    if (failure === undefined) done.push(call)
    else failed.push(failure)
    const progress = { done: done.length + failed.length, total: calls.length }
    notify(onProgress, { userId, action, ...progress, ...(failure && { failure }) })
  }

  for (const action of ['unsubscribe', 'subscribe'] as const) {
    const callsOfAction = calls.filter((call) => call.action === action)
    await forEachConcurrent(callsOfAction, concurrency, makeCall)
  }
  const idsOf = (action: SubscriptionSyncAction) =>
    done.filter((call) => call.action === action).map(({ userId }) => userId)
  return { subscribed: idsOf('subscribe'), unsubscribed: idsOf('unsubscribe'), failed }
}

/** Why a call failed. */
interface CallFailure {
  readonly reason: SubscriptionSyncFailureReason
  readonly error: unknown
  /** Whether every other call of the same action would fail in the same way. */
  readonly appliesToAll: boolean
}

interface CallContext {
  readonly webhookId: string
  readonly call: PlannedCall
  readonly gate: RateGate
  readonly signal: AbortSignal
  /** Why another call failed, if this one would fail in the same way. */
  readonly failureForAll: () => CallFailure | undefined
}

/** Why the call failed; `undefined` when the account is now as planned, also if another process did it. */
async function sendWithRetries(client: SubscriptionSyncClient, context: CallContext): Promise<CallFailure | undefined> {
  const { gate, signal } = context
  for (;;) {
    const failureOfOthers = context.failureForAll()
    if (failureOfOthers !== undefined) return failureOfOthers
    const passedAt = await gate.pass(signal)
    try {
      await send(client, context)
      gate.accepted()
      return undefined
    } catch (error) {
      signal.throwIfAborted()
      if (isAlreadyDone(error)) {
        gate.accepted()
        return undefined
      }
      if (!isApiError(error) || error.reason !== 'RateLimited') return classifyFailure(error)
      if (error.limitedBy === 'usage_cap') return { reason: 'UsageCapped', error, appliesToAll: true }
      if (!gate.refused(passedAt, error.retryAt ?? error.rateLimit?.resetAt))
        return { reason: 'RateLimited', error, appliesToAll: true }
    }
  }
}

async function send({ subscriptions }: SubscriptionSyncClient, context: CallContext): Promise<void> {
  const { webhookId, call, signal } = context
  const { userId, action, user } = call
  if (action === 'unsubscribe') return subscriptions.delete(webhookId, userId, { signal })
  return subscriptions.create(webhookId, { ...(user && { user }), signal })
}

function isAlreadyDone(error: unknown): boolean {
  return (
    (isApiError(error, 'subscriptions.create') && error.reason === 'DuplicateSubscriptionFailed') ||
    (isApiError(error, 'subscriptions.delete') && error.reason === 'SubscriptionNotFound')
  )
}

/** @throws the error itself when it does not come from a call: it is a defect of this program. */
function classifyFailure(error: unknown): CallFailure {
  if (isApiError(error)) {
    const reason = error.reason as SubscriptionSyncFailureReason
    const appliesToAll = reason === 'WebhookIdInvalid' || reason === 'SubscriptionLimitExceeded'
    return { reason, error, appliesToAll }
  }
  if (isTransportError(error)) return { reason: error.reason, error, appliesToAll: false }
  if (isResponseError(error)) return { reason: 'InvalidResponse', error, appliesToAll: false }
  throw error
}

/**
 * Checks the options, and fills in the defaults.
 *
 * @throws TypeError or RangeError when an option is wrong.
 */
export function readApplyOptions(options: SubscriptionSyncApplyOptions) {
  assertObject(options, 'options')
  const { concurrency = 8, onProgress, now = Date.now, sleep = timer } = options
  const { signal = new AbortController().signal } = options
  assertInteger(concurrency, 'concurrency', { min: 1, max: 100 })
  if (onProgress !== undefined) assertFunction(onProgress, 'onProgress')
  assertFunction(now, 'now')
  assertFunction(sleep, 'sleep')
  return { concurrency, onProgress, time: { now, sleep: resolveOnAbort(sleep) }, signal }
}
