import { isApiError, isResponseError, isTransportError } from '../errors/guards.ts'
import { assertFunction, assertInteger, assertObject } from '../internal/assert.ts'
import { notify } from '../internal/notify.ts'
import { endsOnAbort, sleep as timer } from '../internal/timers.ts'
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

/** What is to be done about one account. */
export interface Task {
  readonly userId: string
  readonly action: SubscriptionSyncAction
  /** Who signs a subscription. */
  readonly user?: SubscriptionSyncUser
}

const noLimitTold = 60_000
/** X's windows have 15 minutes: whoever has waited for this many is not held up by a rate limit. */
const patience = 5

/** Carries out what is to be done: unsubscribes first, for that makes room. */
export async function applySubscriptionPlan(
  client: SubscriptionSyncClient,
  { webhookId, tasks }: { readonly webhookId: string; readonly tasks: readonly Task[] },
  options: SubscriptionSyncApplyOptions,
): Promise<SubscriptionSyncResult> {
  const { concurrency, time, signal, onProgress } = readApplyOptions(options)
  const gate = createRateGate(time)
  const done: Task[] = []
  const failed: SubscriptionSyncFailure[] = []
  /** What makes all other tasks of a kind pointless. */
  const pointless = new Map<SubscriptionSyncAction, Verdict>()

  const settle = async (task: Task) => {
    const verdict = pointless.get(task.action) ?? (await perform(client, { webhookId, task, gate, time, signal }))
    const { userId, action } = task
    if (verdict?.isFinal) pointless.set(action, verdict)
    const failure = verdict && { userId, action, reason: verdict.reason, error: verdict.error }
    if (failure === undefined) done.push(task)
    else failed.push(failure)
    const progress = { done: done.length + failed.length, total: tasks.length }
    notify(onProgress, { userId, action, ...progress, ...(failure && { failure }) })
  }

  for (const action of ['unsubscribe', 'subscribe'] as const) {
    const ofKind = tasks.filter((task) => task.action === action)
    await forEachConcurrent(ofKind, concurrency, settle)
  }
  const idsOf = (action: SubscriptionSyncAction) =>
    done.filter((task) => task.action === action).map(({ userId }) => userId)
  return { subscribed: idsOf('subscribe'), unsubscribed: idsOf('unsubscribe'), failed }
}

/** Why a task failed, and whether all others of its kind will. */
interface Verdict {
  readonly reason: SubscriptionSyncFailureReason
  readonly error: unknown
  readonly isFinal: boolean
}

interface Call {
  readonly webhookId: string
  readonly task: Task
  readonly gate: RateGate
  readonly time: ReturnType<typeof readApplyOptions>['time']
  readonly signal: AbortSignal
}

/** Why it failed; nothing when it is done, by us or by somebody else. */
async function perform(client: SubscriptionSyncClient, call: Call): Promise<Verdict | undefined> {
  const { gate, time, signal } = call
  for (let waits = 0; ; waits += 1) {
    await gate.pass(signal)
    try {
      await send(client, call)
      return undefined
    } catch (error) {
      signal.throwIfAborted()
      if (isDone(error)) return undefined
      if (!isApiError(error) || error.reason !== 'RateLimited' || waits >= patience) return judge(error)
      gate.closeUntil(error.rateLimit?.resetAt?.getTime() ?? time.now() + noLimitTold)
    }
  }
}

async function send({ subscriptions }: SubscriptionSyncClient, { webhookId, task, signal }: Call): Promise<void> {
  const { userId, action, user } = task
  if (action === 'unsubscribe') return subscriptions.delete(webhookId, userId, { signal })
  return subscriptions.create(webhookId, { ...(user && { user }), signal })
}

function isDone(error: unknown): boolean {
  return (
    (isApiError(error, 'subscriptions.create') && error.reason === 'DuplicateSubscriptionFailed') ||
    (isApiError(error, 'subscriptions.delete') && error.reason === 'SubscriptionNotFound')
  )
}

/** @throws the error when it is none of X's, but a mistake of this program's. */
function judge(error: unknown): Verdict {
  if (isApiError(error)) {
    const reason = error.reason as SubscriptionSyncFailureReason
    const isFinal = reason === 'WebhookIdInvalid' || reason === 'SubscriptionLimitExceeded'
    return { reason, error, isFinal }
  }
  if (isTransportError(error)) return { reason: error.reason, error, isFinal: false }
  if (isResponseError(error)) return { reason: 'InvalidResponse', error, isFinal: false }
  throw error
}

function readApplyOptions(options: SubscriptionSyncApplyOptions) {
  assertObject(options, 'options')
  const { concurrency = 8, onProgress, now = Date.now, sleep = timer } = options
  const { signal = new AbortController().signal } = options
  assertInteger(concurrency, 'concurrency', { min: 1, max: 100 })
  if (onProgress !== undefined) assertFunction(onProgress, 'onProgress')
  assertFunction(now, 'now')
  assertFunction(sleep, 'sleep')
  return { concurrency, onProgress, time: { now, sleep: endsOnAbort(sleep) }, signal }
}
