import type { OAuth2UserCredentials, UserCredentials } from '../../auth/credentials.ts'
import { crcSignerOf } from '../../client/crc-signers.ts'
import type { CallOptions } from '../../endpoints/call-options.ts'
import type { Webhook } from '../../endpoints/webhook.ts'
import {
  assertFunction,
  assertInteger,
  assertMethods,
  assertObject,
  assertSecret,
  assertText,
} from '../../internal/assert.ts'
import { hourMs } from '../../internal/clock.ts'
import { parseHttpUrl } from '../../internal/http-url.ts'
import { sleepUntil } from '../../internal/timers.ts'
import { readApplyOptions } from '../apply-subscription-plan.ts'
import { planSubscriptions } from '../plan-subscriptions.ts'
import { deleteAll, isDuplicateOrLimit, isSameUrl, validate, withHint } from '../plan-webhook.ts'
import { probeWebhookUrl } from '../probe-webhook-url.ts'
import type { SubscriptionSyncResult } from '../subscription-plan.ts'
import { syncSubscriptions } from '../sync-subscriptions.ts'
import { type KeptWebhook, listUses } from '../webhook-uses.ts'
import type { MoveGap, WebhookMove, WebhookMoveClient, WebhookMoveOptions } from './webhook-move.ts'

/**
 * Moves a webhook to another URL: creates the new webhook, subscribes every account there, verifies that none is missing, and
 * then deletes the old one. Activity subscriptions move as well. Until then X delivers to both, so that no event is lost: let
 * both receivers share a dedupe store.
 *
 * If the limit of X leaves no room for two webhooks, the new URL is probed, and the old webhook is deleted first. What happens
 * until the accounts are subscribed again is not delivered: the result has this span in `gap`, and `recovery` gets it. X
 * replays only events that it has tried to deliver, so some of them may be lost.
 *
 * Call it again after it was interrupted, at any point: it continues with what is missing. An old webhook whose accounts
 * could not all be subscribed is kept, and reported.
 *
 * @returns The new webhook, what was done, and what is left.
 * @throws TypeError or RangeError when an argument is wrong, before any call.
 * @throws RangeError when the plan has room for one webhook only, and more than `maxRemovals` accounts of the old one have no
 * credentials in `users`, or something else is delivered to it. Nothing was deleted.
 * @throws ApiError when X refuses, with reason `CrcValidationFailed`, `UrlValidationFailed` or `WebhookLimitExceeded`, for
 * example.
 * @throws the reason of `signal` when it aborts.
 * @see https://docs.x.com/x-api/webhooks/quickstart
 *
 * @example
 * import type { Client, UserCredentials } from 'x-account-activity'
 * import { moveWebhook } from 'x-account-activity/sync'
 *
 * async function move(client: Client, users: UserCredentials[]): Promise<string> {
 *   const { webhook, isComplete, kept } = await moveWebhook(client, {
 *     from: 'https://old.example.com/x',
 *     to: 'https://new.example.com/x',
 *     users,
 *   })
 *   if (!isComplete) console.warn('still subscribed to the old webhook:', kept)
 *   return webhook.id
 * }
 */
export async function moveWebhook<User extends UserCredentials | OAuth2UserCredentials>(
  client: WebhookMoveClient<User>,
  options: WebhookMoveOptions<NoInfer<User>>,
): Promise<WebhookMove> {
  const move = readOptions(client as WebhookMoveClient, options as WebhookMoveOptions)
  const webhooks = await move.client.webhooks.list(move.call)
  const existing = webhooks.find(({ url }) => isSameUrl(url, move.href))
  const sources = webhooks.filter((known) => known !== existing && isSource(known, move.from))
  const created: CreatedTarget = existing ? { target: existing } : await createTarget(move, sources)
  const { target, replaced } = created
  const webhook = target.valid ? target : await validate(move.client.webhooks, target, move.call)
  const result = await syncSubscriptions(move.client, { ...move.apply, webhookId: webhook.id, users: move.users })
  const left = await leave(
    move,
    webhook,
    sources.filter((source) => source !== replaced),
  )
  const gap = await closeGap(move, { ...created, isOldGone: sources.length === 0, result })
  return {
    webhook,
    isComplete: left.kept.length === 0 && result.failed.length === 0 && webhook.valid,
    deleted: [...(replaced ? [replaced] : []), ...left.deleted],
    kept: left.kept,
    subscribed: result.subscribed,
    failed: result.failed,
    skipped: result.skipped,
    ...(gap && { gap }),
  }
}

/** The options, checked and with their defaults. */
interface Move extends Pick<WebhookMoveOptions, 'to' | 'users'> {
  readonly maxRemovals: number
  readonly overlapMs: number
  readonly client: WebhookMoveClient
  readonly from: string | undefined
  /** `to` in normal form, for comparisons. */
  readonly href: string
  readonly call: CallOptions
  readonly apply: Pick<WebhookMoveOptions, 'concurrency' | 'onProgress' | 'now' | 'sleep' | 'signal'>
  readonly time: ReturnType<typeof readApplyOptions>['time']
  readonly signal: AbortSignal
  readonly recovery: WebhookMoveOptions['recovery']
  readonly store: WebhookMoveOptions['store']
  readonly clientSecret: string | undefined
}

function readOptions(client: WebhookMoveClient, options: WebhookMoveOptions): Move {
  assertObject(client, 'client')
  assertMethods(client.webhooks, 'client.webhooks', ['list', 'create', 'validate', 'delete'])
  assertMethods(client.subscriptions, 'client.subscriptions', ['list', 'create', 'delete'])
  assertObject(options, 'options')
  const { from, to, users, maxRemovals = 0, overlapMs = 10_000, recovery, store, clientSecret, ...apply } = options
  if (from !== undefined) assertText(from, 'from')
  if (from !== undefined && !isId(from)) parseHttpUrl(from, 'from')
  const { href } = parseHttpUrl(to, 'to')
  assertInteger(maxRemovals, 'maxRemovals')
  assertInteger(overlapMs, 'overlapMs')
  if (recovery !== undefined) assertFunction(Object(recovery).report, 'recovery.report')
  if (store !== undefined) assertMethods(store, 'store', ['get', 'set'])
  if (clientSecret !== undefined) assertSecret(clientSecret, 'clientSecret')
  const { time, signal } = readApplyOptions(apply)
  const call = apply.signal === undefined ? {} : { signal: apply.signal }
  const rest = { maxRemovals, overlapMs, recovery, store, clientSecret }
  return { client, from, to, href, users, call, apply, time, signal, ...rest }
}

function isId(from: string): boolean {
  return /^\d{1,19}$/.test(from)
}

function isSource({ id, url }: Webhook, from: string | undefined): boolean {
  if (from === undefined) return true
  return isId(from) ? id === from : isSameUrl(url, new URL(from).href)
}

interface CreatedTarget {
  readonly target: Webhook
  /** The webhook that was deleted to make room. */
  readonly replaced?: Webhook
  /** When it was deleted, in milliseconds since 1970. */
  readonly deletedAt?: number
}

async function createTarget(move: Move, sources: readonly Webhook[]): Promise<CreatedTarget> {
  const { webhooks } = move.client
  try {
    return { target: await webhooks.create(move.to, move.call) }
  } catch (error) {
    if (!isDuplicateOrLimit(error)) throw error
    const existing = (await webhooks.list(move.call)).find(({ url }) => isSameUrl(url, move.href))
    if (existing !== undefined) return { target: existing }
    const [source] = sources
    if (error.reason !== 'WebhookLimitExceeded' || source === undefined) throw error
    return replace(move, source, error)
  }
}

/** Deletes the old webhook, and creates the new one in its place. */
async function replace(move: Move, source: Webhook, limitError: unknown): Promise<CreatedTarget> {
  const { client, to, call, signal, store, time } = move
  const problem = await probeWebhookUrl(to, { sign: crcSignerOf(client), clientSecret: move.clientSecret, signal })
  if (problem !== undefined) {
    const note = `Nothing was deleted to make room, because the new URL does not answer CRC requests as X expects it: ${problem}.`
    throw withHint(limitError, note)
  }
  await assertAllCanMove(move, source)
  const deletedAt = time.now()
  await store?.set(gapKey(move), { deletedAt })
  await deleteAll(client.webhooks, [source], call)
  try {
    return { target: await client.webhooks.create(to, call), replaced: source, deletedAt }
  } catch (error) {
    throw await restore(move, { source, deletedAt, error })
  }
}

/** @throws RangeError when deleting the webhook would end deliveries that this move cannot bring back. */
async function assertAllCanMove(move: Move, source: Webhook): Promise<void> {
  const [uses] = await listUses(move.client, [source], move.call)
  if (uses === undefined) return
  const plan = await planSubscriptions(move.client, { webhookId: source.id, users: move.users })
  const stranded = [
    ...plan.surplus,
    ...plan.skipped.flatMap(({ userId, isSubscribed }) => (isSubscribed ? [userId] : [])),
  ]
  const others = uses.activitySubscriptionIds.length + Number(uses.isLinked)
  if (stranded.length <= move.maxRemovals && others === 0) return
  const reason =
    others > 0
      ? `${others} activity subscriptions or links of the filtered stream deliver to it. Remove them first, and create them again afterwards.`
      : `${stranded.length} of its accounts have no credentials in "users": ${stranded.slice(0, 10).join(', ')}. Add them, or set "maxRemovals" to ${stranded.length}.`
  throw new RangeError(
    `The plan has no room for two webhooks, and the webhook ${source.id} was not deleted to make room: ${reason}`,
  )
}

/** Registers the old URL again, and subscribes its accounts. Returns the error with a hint that says what happened. */
async function restore(
  move: Move,
  { source, deletedAt, error }: { readonly source: Webhook; readonly deletedAt: number; readonly error: unknown },
): Promise<unknown> {
  const { client, users, store } = move
  const restored = await client.webhooks.create(source.url).catch(() => undefined)
  if (restored === undefined) {
    return withHint(
      error,
      `To make room, the webhook ${source.id} was deleted with its subscriptions. Its URL ${source.url} could not be registered again: call "moveWebhook" again.`,
    )
  }
  const { signal: _, ...apply } = move.apply
  const { failed } = await syncSubscriptions(client, { ...apply, webhookId: restored.id, users })
  await store?.set(gapKey(move), null)
  const accounts =
    failed.length === 0 ? 'Its accounts are subscribed again' : `${failed.length} accounts are not subscribed`
  const gap = { from: new Date(deletedAt), to: new Date(move.time.now()) }
  await move.recovery?.report(gap)
  return withHint(
    error,
    `To make room, the webhook ${source.id} was deleted. Its URL ${source.url} is registered again as webhook ${restored.id}. ${accounts}. Events from ${gap.from.toISOString()} to ${gap.to.toISOString()} are missing.`,
  )
}

/** Deletes the old webhooks to which nothing is delivered that the new one does not get as well. */
async function leave(
  move: Move,
  target: Webhook,
  sources: readonly Webhook[],
): Promise<{ readonly deleted: readonly Webhook[]; readonly kept: readonly KeptWebhook[] }> {
  const { client, call, time, signal, overlapMs } = move
  if (sources.length === 0) return { deleted: [], kept: [] }
  if (!target.valid) return { deleted: [], kept: await listUses(client, sources, call) }
  await moveActivitySubscriptions(move, target, sources)
  // Events begin some seconds after a subscription, and this call may continue one that was interrupted just after it.
  await sleepUntil(time.now() + overlapMs, time, signal)
  const present = new Set((await client.subscriptions.list(target.id, call)).subscriptions.map(({ userId }) => userId))
  const deleted: Webhook[] = []
  const kept: KeptWebhook[] = []
  for (const uses of await listUses(client, sources, call)) {
    const missing = { ...uses, userIds: uses.userIds.filter((userId) => !present.has(userId)) }
    const others = missing.activitySubscriptionIds.length + Number(missing.isLinked)
    if (missing.userIds.length > move.maxRemovals || others > 0) kept.push(missing)
    else {
      await deleteAll(client.webhooks, [uses.webhook], call)
      deleted.push(uses.webhook)
    }
  }
  return { deleted, kept }
}

async function moveActivitySubscriptions(
  { client, call }: Move,
  { id: webhookId }: Webhook,
  sources: readonly Webhook[],
): Promise<void> {
  for (const { activitySubscriptionIds } of await listUses(client, sources, call)) {
    for (const id of activitySubscriptionIds) await client.activity?.subscriptions.update(id, { webhookId }, call)
  }
}

/** The gap of a move without room for two webhooks. An earlier call that was interrupted may have begun it. */
async function closeGap(
  move: Move,
  gap: Pick<CreatedTarget, 'deletedAt'> & { readonly isOldGone: boolean; readonly result: SubscriptionSyncResult },
): Promise<MoveGap | undefined> {
  const { store, time, recovery, signal, overlapMs } = move
  const { isOldGone, result } = gap
  const recorded = (await store?.get(gapKey(move))) as { readonly deletedAt?: unknown } | null | undefined
  const deletedAt = Number(gap.deletedAt ?? recorded?.deletedAt ?? Number.NaN)
  // Accounts that were missing although the old webhook is gone: an earlier call has deleted it.
  const isContinued = move.from !== undefined && isOldGone && result.subscribed.length > 0
  if (Number.isNaN(deletedAt) && !isContinued) return undefined
  const subscribedAt = time.now() + overlapMs
  await sleepUntil(subscribedAt, time, signal)
  const from = Number.isNaN(deletedAt) ? subscribedAt - 24 * hourMs : deletedAt
  const span = { from: new Date(from), to: new Date(subscribedAt) }
  await recovery?.report(span)
  // The gap goes on for accounts that could not be subscribed.
  if (result.failed.length === 0) await store?.set(gapKey(move), null)
  return span
}

function gapKey({ href }: Move): string {
  return `move:${href}`
}
