import type { WebhooksClient } from '../client/account-activity-client.ts'
import { crcSignerOf } from '../client/crc-signers.ts'
import type { CallOptions } from '../endpoints/call-options.ts'
import type { Webhook } from '../endpoints/webhook.ts'
import { ApiError } from '../errors/api-error.ts'
import { isApiError, isTransportError } from '../errors/guards.ts'
import { TransportError } from '../errors/transport-error.ts'
import { assertBoolean, assertFunction, assertMethods, assertObject, assertSecret } from '../internal/assert.ts'
import { parseHttpUrl } from '../internal/http-url.ts'
import { probeWebhookUrl } from './probe-webhook-url.ts'
import { isInUse, type KeptWebhook, listUses, type WebhookUsesClient } from './webhook-uses.ts'

/** The part of a client that syncs webhooks. Every client has it. */
export interface WebhookSyncClient extends WebhookUsesClient {
  /** Lists, creates, validates and deletes webhooks. */
  readonly webhooks: WebhooksClient
}

/** Options of `syncWebhook` and `planWebhook`: the webhook to have. */
export interface WebhookSyncOptions extends CallOptions {
  /** The URL of the webhook: absolute, at most 200 characters. X accepts public https URLs without a port. */
  readonly url: string
  /**
   * Whether to delete all other webhooks of the app that nothing is delivered to. A webhook that still has subscriptions is
   * kept, and reported: `moveWebhook` moves them. The others are deleted after the new webhook was created, or after X has
   * validated it; they are kept if it is still invalid then.
   *
   * If X has no room for another webhook, the new URL is probed first: it must answer a CRC request of this machine, as far as
   * this machine can reach it. Then the others are deleted one by one until there is room. If X then refuses the new URL, one of
   * the old URLs is registered again, and the error says what is gone.
   *
   * @defaultValue false
   */
  readonly prune?: boolean | undefined
  /**
   * The OAuth 2.0 client secret of the app, if the receiver of the new URL answers CRC requests with it. It is used only
   * to probe the new URL, see `prune`.
   *
   * @defaultValue the answer must be made with the consumer secret of the client
   */
  readonly clientSecret?: string | undefined
  /**
   * Called by `syncWebhook` with the plan before it is applied. When it throws, or its promise rejects, nothing is applied.
   * `planWebhook` returns the plan instead and does not call it.
   *
   * @defaultValue not called
   */
  readonly onPlan?: ((plan: WebhookSyncPlan) => unknown) | undefined
}

/** A webhook that a webhook sync creates. */
export interface WebhookCreation {
  /** Always `create`. */
  readonly type: 'create'
  /** The URL of the webhook. */
  readonly url: string
}

/** A webhook that a webhook sync validates or deletes. */
export interface WebhookChange<Type extends 'validate' | 'delete'> {
  /** What is done with the webhook. */
  readonly type: Type
  /** The URL of the webhook. */
  readonly url: string
  /** The id of the webhook: digits in a string. */
  readonly webhookId: string
}

/** A call to X that a webhook sync makes. */
export type WebhookSyncAction = WebhookCreation | WebhookChange<'validate'> | WebhookChange<'delete'>

/** A CRC request that a webhook sync sends to the new URL. Nothing is deleted if the answer is wrong. */
export interface WebhookSyncProbe {
  /** Always `probe`. */
  readonly type: 'probe'
  /** The URL that the request is sent to. */
  readonly url: string
}

/** The difference between the webhooks that the app has and those that it should have. */
export interface WebhookSyncPlan {
  /** The webhook with the URL. Absent when it does not exist yet. */
  readonly webhook?: Webhook
  /** The calls that `apply` makes, in order. Empty when nothing needs to change. */
  readonly actions: readonly WebhookSyncAction[]
  /** The webhooks that `prune` does not delete, because X still delivers something to them. Absent when there are none. */
  readonly kept?: readonly KeptWebhook[]
  /**
   * The calls that `apply` makes instead, in order, if X refuses to create the webhook because its limit leaves no room
   * for it beside the old ones. Absent when nothing has to be deleted to make room.
   */
  readonly actionsWithoutRoom?: readonly (WebhookSyncProbe | WebhookSyncAction)[]
  /**
   * Applies the plan, and returns the webhook.
   *
   * @param options - `signal` overrides the signal that the plan was made with.
   * @throws ApiError when X refuses, with reason `CrcValidationFailed`, `UrlValidationFailed` or `WebhookLimitExceeded`,
   * for example.
   */
  apply(options?: CallOptions): Promise<SyncedWebhook>
}

/** The webhook that a webhook sync made sure of. */
export interface SyncedWebhook extends Webhook {
  /** The webhooks that `prune` did not delete, because X still delivers something to them. Absent when there are none. */
  readonly kept?: readonly KeptWebhook[]
}

/**
 * Compares the webhooks of an app with the one that it should have, and returns what to change: create the webhook, have
 * X validate it if it is invalid and, with `prune: true`, delete the others that have no subscriptions. It makes one call to
 * X, and with `prune` some more to list what X delivers to the others. It changes nothing; `apply()` of the plan makes the
 * changes. To do both in one step, call `syncWebhook`.
 *
 * @throws TypeError or RangeError when an argument is wrong, before any call.
 * @throws ApiError when X refuses to list the webhooks.
 * @see https://docs.x.com/x-api/webhooks/quickstart
 *
 * @example
 * import type { Client } from 'x-account-activity'
 * import { planWebhook } from 'x-account-activity/sync'
 *
 * async function register(client: Client, url: string): Promise<string> {
 *   const plan = await planWebhook(client, { url })
 *   for (const action of plan.actions) console.log(action.type, action.url)
 *   const webhook = await plan.apply()
 *   return webhook.id
 * }
 */
export async function planWebhook(client: WebhookSyncClient, options: WebhookSyncOptions): Promise<WebhookSyncPlan> {
  assertObject(client, 'client')
  assertMethods(client.webhooks, 'client.webhooks', ['list', 'create', 'validate', 'delete'])
  assertObject(options, 'options')
  const { url, prune = false, clientSecret, onPlan, signal } = options
  const { href } = parseHttpUrl(url, 'url')
  assertBoolean(prune, 'prune')
  if (clientSecret !== undefined) assertSecret(clientSecret, 'clientSecret')
  if (onPlan !== undefined) assertFunction(onPlan, 'onPlan')
  if (prune) assertMethods(client.subscriptions, 'client.subscriptions', ['list'])

  const webhooks = await client.webhooks.list(signal && { signal })
  const webhook = webhooks.find((known) => isSameUrl(known.url, href))
  // Those that X does not deliver to are deleted first: without room, the new one takes the place of the first.
  const others = prune ? webhooks.filter((known) => known !== webhook).sort(byValidity) : []
  const uses = await listUses(client, others, signal ? { signal } : {})
  const kept = uses.filter(isInUse)
  const surplus = others.filter((known) => !kept.some(({ webhook }) => webhook === known))
  const probe = (own: AbortSignal | undefined) =>
    probeWebhookUrl(url, { sign: crcSignerOf(client), clientSecret, signal: own })
  return {
    ...(webhook && { webhook }),
    ...planActions(url, webhook, surplus),
    ...(kept.length > 0 && { kept }),
    apply: async ({ signal: own = signal } = {}) => {
      const options = own ? { signal: own } : {}
      const synced = await apply(client.webhooks, { url, href, webhook, surplus, kept, probe, options })
      return kept.length > 0 ? { ...synced, kept } : synced
    },
  }
}

function planActions(
  url: string,
  webhook: Webhook | undefined,
  surplus: readonly Webhook[],
): Pick<WebhookSyncPlan, 'actions' | 'actionsWithoutRoom'> {
  const deletions = surplus.map((known) => ({ type: 'delete', url: known.url, webhookId: known.id }) as const)
  if (webhook !== undefined) {
    const validation = { type: 'validate', url, webhookId: webhook.id } as const
    return { actions: [...(webhook.valid ? [] : [validation]), ...deletions] }
  }
  const creation = { type: 'create', url } as const
  const [first, ...others] = deletions
  return {
    actions: [creation, ...deletions],
    ...(first && { actionsWithoutRoom: [{ type: 'probe', url }, first, creation, ...others] }),
  }
}

/** The webhook to have, and what the list of webhooks showed. */
interface PlannedChanges {
  readonly url: string
  /** `url` in normal form, for comparisons. */
  readonly href: string
  readonly webhook: Webhook | undefined
  /** The webhooks to delete. */
  readonly surplus: readonly Webhook[]
  /** The webhooks that X still delivers to. */
  readonly kept: readonly KeptWebhook[]
  /** Sends a CRC request to the URL. Returns what is wrong with the answer. */
  readonly probe: (signal: AbortSignal | undefined) => Promise<string | undefined>
  readonly options: CallOptions
}

async function apply(webhooks: WebhooksClient, changes: PlannedChanges): Promise<Webhook> {
  const { webhook, surplus, options } = changes
  if (webhook === undefined) return create(webhooks, changes)
  const validated = webhook.valid ? webhook : await validate(webhooks, webhook, options)
  // X delivers nothing to an invalid webhook, so the others may be all that works.
  if (validated.valid) await deleteAll(webhooks, surplus, options)
  return validated
}

/** Deletes the others after the new webhook exists, or before if the limit of X leaves no room for both. */
async function create(webhooks: WebhooksClient, changes: PlannedChanges): Promise<Webhook> {
  const { url, surplus, options } = changes
  try {
    const created = await webhooks.create(url, options)
    if (created.valid) await deleteAll(webhooks, surplus, options)
    return created
  } catch (error) {
    if (!isDuplicateOrLimit(error)) throw error
    const existing = await useExisting(webhooks, changes)
    if (existing !== undefined) return existing
    if (error.reason !== 'WebhookLimitExceeded') throw error
    if (surplus.length === 0) throw changes.kept.length === 0 ? error : withHint(error, keptNote(changes.kept))
    // A URL that does not answer must not cost the webhook that works.
    const problem = await changes.probe(options.signal)
    if (problem === undefined) return createInstead(webhooks, changes)
    const note = `Nothing was deleted to make room, because the new URL does not answer CRC requests as X expects it: ${problem}.`
    throw withHint(error, note)
  }
}

function keptNote(kept: readonly KeptWebhook[]): string {
  const urls = kept.map(({ webhook }) => webhook.url).join(', ')
  return `"prune" keeps webhooks that still have subscriptions: ${urls}. To move the subscriptions to the new URL and delete the old webhook, call "moveWebhook".`
}

/** Deletes the others one by one until there is room for the new webhook, and then the rest of them. */
async function createInstead(webhooks: WebhooksClient, { url, surplus, options }: PlannedChanges): Promise<Webhook> {
  const deleted: Webhook[] = []
  let created: Webhook | undefined
  let refusal: unknown
  for (const next of surplus) {
    try {
      await deleteAll(webhooks, [next], options)
      deleted.push(next)
      created = await webhooks.create(url, options)
      break
    } catch (error) {
      refusal = error
      if (!isApiError(error, 'webhooks.create') || error.reason !== 'WebhookLimitExceeded') break
    }
  }
  if (created === undefined) throw await restore(webhooks, deleted, refusal)
  await deleteAll(webhooks, surplus.slice(deleted.length), options)
  return created
}

/** Registers one of the deleted webhooks again, and returns the error with a hint that says what is gone. */
async function restore(webhooks: WebhooksClient, deleted: readonly Webhook[], error: unknown): Promise<unknown> {
  const lost = deleted.find(({ valid }) => valid) ?? deleted[0]
  if (lost === undefined) return error
  const restored = await webhooks.create(lost.url).catch(() => undefined)
  const gone = `To make room, these webhooks were deleted with all their subscriptions: ${deleted.map(({ id }) => id).join(', ')}.`
  const left =
    restored === undefined
      ? `The URL ${lost.url} could not be registered again.`
      : `The URL ${restored.url} is registered again as webhook ${restored.id}: subscribe its accounts again.`
  return withHint(error, `${gone} ${left}`)
}

/** The error with another hint. An error that does not come from a call is returned as it is. */
export function withHint(error: unknown, note: string): unknown {
  if (isApiError(error)) {
    const hint = [note, error.hint].filter((part) => part !== undefined).join(' ')
    return new ApiError({ ...error, body: error.body, hint })
  }
  if (!isTransportError(error)) return error
  return new TransportError({ ...error, message: error.message, cause: error.cause, hint: note })
}

/** Another process may have created the webhook in the meantime. X reports that as a duplicate or as a limit. */
async function useExisting(webhooks: WebhooksClient, changes: PlannedChanges): Promise<Webhook | undefined> {
  const found = (await webhooks.list(changes.options)).find((known) => isSameUrl(known.url, changes.href))
  if (found === undefined) return undefined
  return apply(webhooks, { ...changes, webhook: found, surplus: changes.surplus.filter(({ id }) => id !== found.id) })
}

export function isDuplicateOrLimit(error: unknown): error is ApiError<'webhooks.create'> {
  return (
    isApiError(error, 'webhooks.create') &&
    (error.reason === 'DuplicateUrlFailed' || error.reason === 'WebhookLimitExceeded')
  )
}

/** X reports the result of a validation in its list of webhooks. */
export async function validate(webhooks: WebhooksClient, webhook: Webhook, options: CallOptions): Promise<Webhook> {
  await webhooks.validate(webhook.id, options)
  return (await webhooks.list(options)).find(({ id }) => id === webhook.id) ?? webhook
}

export async function deleteAll(
  webhooks: WebhooksClient,
  surplus: readonly Webhook[],
  options: CallOptions,
): Promise<void> {
  for (const { id } of surplus) {
    try {
      await webhooks.delete(id, options)
    } catch (error) {
      // The webhook is already deleted.
      if (!isApiError(error, 'webhooks.delete') || error.reason !== 'WebhookIdInvalid') throw error
    }
  }
}

function byValidity(one: Webhook, other: Webhook): number {
  return Number(one.valid) - Number(other.valid)
}

export function isSameUrl(url: string, href: string): boolean {
  return URL.canParse(url) && new URL(url).href === href
}
