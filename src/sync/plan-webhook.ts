import type { WebhooksClient } from '../client/account-activity-client.ts'
import type { CallOptions } from '../endpoints/call-options.ts'
import type { Webhook } from '../endpoints/webhook.ts'
import { ApiError } from '../errors/api-error.ts'
import { isApiError, isTransportError } from '../errors/guards.ts'
import { TransportError } from '../errors/transport-error.ts'
import { assertBoolean, assertFunction, assertMethods, assertObject } from '../internal/assert.ts'
import { parseHttpUrl } from '../internal/http-url.ts'

/** The part of a client that syncs webhooks. Every client has it. */
export interface WebhookSyncClient {
  /** Lists, creates, validates and deletes webhooks. */
  readonly webhooks: WebhooksClient
}

/** Options of `syncWebhook` and `planWebhook`: the webhook to have. */
export interface WebhookSyncOptions extends CallOptions {
  /** The URL of the webhook: absolute, at most 200 characters. X accepts public https URLs without a port. */
  readonly url: string
  /**
   * Whether to delete all other webhooks of the app, and with them their subscriptions. They are deleted after the new
   * webhook was created. Only if the plan has no room for both, they are deleted before: after the new URL was found to
   * answer, as far as this machine can reach it. If X then refuses the new URL, one of the old URLs is registered again,
   * and the error says what is gone.
   *
   * @defaultValue false
   */
  readonly prune?: boolean | undefined
  /**
   * Called by `syncWebhook` with the plan before it is applied. When it throws, or its promise rejects, nothing is applied.
   * `planWebhook` returns the plan instead and does not call it.
   *
   * @defaultValue not called
   */
  readonly onPlan?: ((plan: WebhookSyncPlan) => unknown) | undefined
}

/** A call that a webhook sync makes. `url` is the URL of the webhook that the call is about. */
export type WebhookSyncAction =
  | { readonly type: 'create'; readonly url: string }
  | { readonly type: 'validate'; readonly url: string; readonly webhookId: string }
  | { readonly type: 'delete'; readonly url: string; readonly webhookId: string }

/** The difference between the webhooks that the app has and those that it should have. */
export interface WebhookSyncPlan {
  /** The webhook with the URL. Absent when it does not exist yet. */
  readonly webhook?: Webhook
  /**
   * The calls that `apply` makes, in order. Empty when nothing needs to change. If the limit of X leaves no room for a new
   * webhook beside the old ones, the calls with `delete` are made first, see `prune`.
   */
  readonly actions: readonly WebhookSyncAction[]
  /**
   * Applies the plan, and returns the webhook.
   *
   * @param options - `signal` overrides the signal that the plan was made with.
   * @throws ApiError when X refuses, with reason `CrcValidationFailed`, `UrlValidationFailed` or `WebhookLimitExceeded`,
   * for example.
   */
  apply(options?: CallOptions): Promise<Webhook>
}

/**
 * Compares the webhooks of an app with the one that it should have, and returns what to change: create the webhook, have
 * X validate it if it is invalid and, with `prune: true`, delete the others. It makes one call to X and changes nothing;
 * `apply()` of the plan makes the changes. To do both in one step, call `syncWebhook`.
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
  const { url, prune = false, onPlan, signal } = options
  const { href } = parseHttpUrl(url, 'url')
  assertBoolean(prune, 'prune')
  if (onPlan !== undefined) assertFunction(onPlan, 'onPlan')

  const webhooks = await client.webhooks.list(signal && { signal })
  const webhook = webhooks.find((known) => isSameUrl(known.url, href))
  const surplus = prune ? webhooks.filter((known) => known !== webhook) : []
  const actions: WebhookSyncAction[] = [
    ...(webhook === undefined ? [{ type: 'create', url } as const] : []),
    ...(webhook?.valid === false ? [{ type: 'validate', url, webhookId: webhook.id } as const] : []),
    ...surplus.map((known) => ({ type: 'delete', url: known.url, webhookId: known.id }) as const),
  ]
  return {
    ...(webhook && { webhook }),
    actions,
    apply: ({ signal: own = signal } = {}) =>
      apply(client.webhooks, { url, href, webhook, surplus, options: own ? { signal: own } : {} }),
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
  readonly options: CallOptions
}

async function apply(webhooks: WebhooksClient, changes: PlannedChanges): Promise<Webhook> {
  const { webhook, surplus, options } = changes
  if (webhook === undefined) return create(webhooks, changes)
  const validated = webhook.valid ? webhook : await validate(webhooks, webhook, options)
  await deleteAll(webhooks, surplus, options)
  return validated
}

/** Deletes the others after the new webhook exists, or before if the limit of X leaves no room for both. */
async function create(webhooks: WebhooksClient, changes: PlannedChanges): Promise<Webhook> {
  const { url, surplus, options } = changes
  try {
    const created = await webhooks.create(url, options)
    await deleteAll(webhooks, surplus, options)
    return created
  } catch (error) {
    if (!isDuplicateOrLimit(error)) throw error
    const existing = await useExisting(webhooks, changes)
    if (existing !== undefined) return existing
    if (error.reason !== 'WebhookLimitExceeded' || surplus.length === 0) throw error
    // A URL that does not answer must not cost the webhook that works.
    await assertAnswersCrc(url, error, options.signal)
    await deleteAll(webhooks, surplus, options)
    return createInstead(webhooks, changes)
  }
}

/** Creates the webhook after the others were deleted. If X refuses, the first of them that worked is registered again. */
async function createInstead(webhooks: WebhooksClient, { url, surplus, options }: PlannedChanges): Promise<Webhook> {
  try {
    return await webhooks.create(url, options)
  } catch (error) {
    const lost = surplus.find(({ valid }) => valid) ?? surplus[0]
    const restored = lost && (await webhooks.create(lost.url).catch(() => undefined))
    const gone = `To make room, these webhooks were deleted with all their subscriptions: ${surplus.map(({ id }) => id).join(', ')}.`
    const left =
      restored === undefined
        ? 'The app has none of them any more.'
        : `The URL ${restored.url} is registered again as webhook ${restored.id}: subscribe its accounts again.`
    throw withHint(error, `${gone} ${left}`)
  }
}

/** The error with another hint. An error that does not come from a call is returned as it is. */
function withHint(error: unknown, note: string): unknown {
  if (isApiError(error)) {
    const hint = [note, error.hint].filter((part) => part !== undefined).join(' ')
    return new ApiError({ ...error, body: error.body, hint })
  }
  if (!isTransportError(error)) return error
  return new TransportError({ ...error, message: error.message, cause: error.cause, hint: note })
}

const probeTimeoutMs = 5_000

/**
 * Sends a CRC request as X does. A URL that this machine cannot reach passes, because X may reach it.
 *
 * @throws ApiError when the URL answers, but not as X expects it.
 */
async function assertAnswersCrc(url: string, refusal: ApiError, signal: AbortSignal | undefined): Promise<void> {
  const probe = new URL(url)
  probe.searchParams.set('crc_token', 'probe')
  const signals = [AbortSignal.timeout(probeTimeoutMs), ...(signal === undefined ? [] : [signal])]
  const answer = await fetch(probe, { redirect: 'manual', signal: AbortSignal.any(signals) }).catch(() => undefined)
  signal?.throwIfAborted()
  if (answer === undefined) return
  await answer.body?.cancel().catch(() => undefined)
  if (answer.status === 200) return
  const note = `Nothing was deleted to make room, because the new URL does not answer CRC requests: it responded with HTTP ${answer.status}.`
  throw withHint(refusal, note)
}

/** Another process may have created the webhook in the meantime. X reports that as a duplicate or as a limit. */
async function useExisting(webhooks: WebhooksClient, changes: PlannedChanges): Promise<Webhook | undefined> {
  const found = (await webhooks.list(changes.options)).find((known) => isSameUrl(known.url, changes.href))
  if (found === undefined) return undefined
  return apply(webhooks, { ...changes, webhook: found, surplus: changes.surplus.filter(({ id }) => id !== found.id) })
}

function isDuplicateOrLimit(error: unknown): error is ApiError<'webhooks.create'> {
  return (
    isApiError(error, 'webhooks.create') &&
    (error.reason === 'DuplicateUrlFailed' || error.reason === 'WebhookLimitExceeded')
  )
}

/** X reports the result of a validation in its list of webhooks. */
async function validate(webhooks: WebhooksClient, webhook: Webhook, options: CallOptions): Promise<Webhook> {
  await webhooks.validate(webhook.id, options)
  return (await webhooks.list(options)).find(({ id }) => id === webhook.id) ?? webhook
}

async function deleteAll(webhooks: WebhooksClient, surplus: readonly Webhook[], options: CallOptions): Promise<void> {
  for (const { id } of surplus) {
    try {
      await webhooks.delete(id, options)
    } catch (error) {
      // The webhook is already deleted.
      if (!isApiError(error, 'webhooks.delete') || error.reason !== 'WebhookIdInvalid') throw error
    }
  }
}

function isSameUrl(url: string, href: string): boolean {
  return URL.canParse(url) && new URL(url).href === href
}
