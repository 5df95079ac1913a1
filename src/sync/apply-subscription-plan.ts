import { isApiError } from '../errors/guards.ts'
import { assertFunction, assertInteger, assertObject } from '../internal/assert.ts'
import { notify } from '../internal/emit.ts'
import { resolveOnAbort, sleep as timer } from '../internal/timers.ts'
import { callThroughGate, type GatedCall, type GatedFailure } from './calls/call-through-gate.ts'
import { forEachConcurrent } from './calls/for-each-concurrent.ts'
import { createRateGate } from './calls/rate-gate.ts'
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
): Promise<Pick<SubscriptionSyncResult, 'subscribed' | 'unsubscribed' | 'failed'>> {
  const { concurrency, time, signal, onProgress } = readApplyOptions(options)
  const gate = createRateGate(time)
  const done: PlannedCall[] = []
  const failed: SubscriptionSyncFailure[] = []
  /** A failure that applies to every call of its action: those calls are not made. */
  const failuresForAll = new Map<SubscriptionSyncAction, CallFailure>()

  const makeCall = async (call: PlannedCall) => {
    const { userId, action } = call
    const failureForAll = () => failuresForAll.get(action)
    const context = { webhookId, call, gate, signal, failureForAll }
    const send = () => sendCall(client, context)
    const problem = await callThroughGate<SubscriptionSyncFailureReason>({ ...context, send, isDone: isAlreadyDone })
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
type CallFailure = GatedFailure<SubscriptionSyncFailureReason>

interface CallContext extends Pick<GatedCall<SubscriptionSyncFailureReason>, 'gate' | 'signal' | 'failureForAll'> {
  readonly webhookId: string
  readonly call: PlannedCall
}

async function sendCall({ subscriptions }: SubscriptionSyncClient, context: CallContext): Promise<void> {
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
