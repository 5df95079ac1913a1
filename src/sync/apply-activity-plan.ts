import { notify } from '../internal/emit.ts'
import type {
  ActivitySyncAction,
  ActivitySyncApplyOptions,
  ActivitySyncClient,
  ActivitySyncFailure,
  ActivitySyncFailureReason,
  ActivitySyncItem,
  ActivitySyncProgress,
  ActivitySyncResult,
} from './activity-plan.ts'
import { readApplyOptions } from './apply-subscription-plan.ts'
import { callThroughGate, type GatedFailure } from './calls/call-through-gate.ts'
import { forEachConcurrent } from './calls/for-each-concurrent.ts'
import { createRateGate, type RateGate } from './calls/rate-gate.ts'
import type { Credentials } from './plan-subscriptions.ts'

/** The changes to make, and what new subscriptions have. */
export interface ActivityChanges {
  readonly create: readonly ActivitySyncItem[]
  readonly update: readonly ActivitySyncItem[]
  readonly delete: readonly ActivitySyncItem[]
  readonly users: ReadonlyMap<string, Credentials | undefined>
  readonly webhookId: string | undefined
  readonly tag: string | undefined
}

/** What all calls of one sync share. */
interface SyncRun {
  readonly client: ActivitySyncClient
  readonly changes: ActivityChanges
  readonly gate: RateGate
  readonly signal: AbortSignal
  /** Records that one subscription is done, or why it failed. */
  readonly record: (
    action: ActivitySyncAction,
    item: ActivitySyncItem,
    failure?: Pick<ActivitySyncFailure, 'reason' | 'error'>,
  ) => void
}

type CallFailure = GatedFailure<ActivitySyncFailureReason>

/** Makes the changes, and deletes first, because that makes room. */
export async function applyActivityPlan(
  client: ActivitySyncClient,
  changes: ActivityChanges,
  options: ActivitySyncApplyOptions,
): Promise<Omit<ActivitySyncResult, 'skipped' | 'withheld'>> {
  const { onProgress, ...others } = options
  const { concurrency, time, signal } = readApplyOptions({ ...others, onProgress: onProgress as () => unknown })
  const done: Record<ActivitySyncAction, ActivitySyncItem[]> = { create: [], update: [], delete: [] }
  const failed: ActivitySyncFailure[] = []
  const total = changes.create.length + changes.update.length + changes.delete.length
  const record: SyncRun['record'] = (action, item, problem) => {
    const failure = problem && { ...item, action, ...problem }
    if (failure === undefined) done[action].push(item)
    else failed.push(failure)
    const count = done.create.length + done.update.length + done.delete.length + failed.length
    const progress: ActivitySyncProgress = { ...item, action, ...(failure && { failure }), done: count, total }
    notify(onProgress, progress)
  }
  const run: SyncRun = { client, changes, gate: createRateGate(time), signal, record }
  await deleteAll(run)
  for (const action of ['update', 'create'] as const) {
    let failureForAll: CallFailure | undefined
    await forEachConcurrent(changes[action], concurrency, async (item) => {
      const failure = await change(run, action, item, () => failureForAll)
      if (failure?.appliesToAll) failureForAll = failure
      record(action, item, failure && { reason: failure.reason, error: failure.error })
    })
  }
  return { created: done.create, updated: done.update, deleted: done.delete, failed }
}

function change(
  run: SyncRun,
  action: 'create' | 'update',
  item: ActivitySyncItem,
  failureForAll: () => CallFailure | undefined,
): Promise<CallFailure | undefined> {
  const send = () => (action === 'create' ? create(run, item) : update(run, item.subscriptionId ?? ''))
  return callThroughGate<ActivitySyncFailureReason>({ ...run, send, isDone: () => false, failureForAll })
}

/** A subscription that another process created in the meantime may have another webhook. */
async function create(run: SyncRun, { userId, eventType }: ActivitySyncItem): Promise<void> {
  const { client, changes, signal } = run
  const { users, webhookId, tag } = changes
  const user = users.get(userId)
  const subscription = { eventType, filter: { userId }, webhookId, tag }
  const created = await client.activity.subscriptions.create(subscription, { ...(user && { user }), signal })
  const hasOtherWebhook = webhookId !== undefined && created.webhookId !== undefined && created.webhookId !== webhookId
  if (hasOtherWebhook) await update(run, created.id)
}

async function update({ client, changes, signal }: SyncRun, id: string): Promise<void> {
  const { webhookId } = changes
  if (webhookId !== undefined) await client.activity.subscriptions.update(id, { webhookId }, { signal })
}

/** X deletes at most this many subscriptions in one request. */
const mostDeletions = 100

async function deleteAll(run: SyncRun): Promise<void> {
  let failureForAll: CallFailure | undefined
  for (let start = 0; start < run.changes.delete.length; start += mostDeletions) {
    const items = new Map(
      run.changes.delete.slice(start, start + mostDeletions).map((item) => [item.subscriptionId ?? '', item]),
    )
    const send = () => deletePart(run, items)
    const failure = await callThroughGate<ActivitySyncFailureReason>({
      ...run,
      send,
      isDone: () => false,
      failureForAll: () => failureForAll,
    })
    if (failure?.appliesToAll) failureForAll = failure
    if (failure === undefined) continue
    for (const item of items.values()) run.record('delete', item, { reason: failure.reason, error: failure.error })
  }
}

/** Deletes some subscriptions, and removes those that are done from `items`. Those that a rate limit refused stay. */
async function deletePart({ client, signal, gate, record }: SyncRun, items: Map<string, ActivitySyncItem>) {
  for (;;) {
    const passedAt = await gate.pass(signal)
    const { deleted, failed } = await client.activity.subscriptions.deleteMany([...items.keys()], { signal })
    const isLimited = failed.some(({ reason }) => reason === 'RateLimited')
    const isWaitedFor = isLimited && gate.refused(passedAt, undefined)
    for (const id of deleted) settle(id)
    for (const { id, reason } of failed) {
      if (reason !== 'RateLimited' || !isWaitedFor) settle(id, reason)
    }
    if (items.size === 0) return
  }

  function settle(id: string, reason?: string): void {
    const item = items.get(id)
    if (item === undefined) return
    items.delete(id)
    record('delete', item, reason === undefined ? undefined : { reason })
  }
}
