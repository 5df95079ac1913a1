import type { WebhooksClient } from '../client/account-activity-client.ts'
import type { CallOptions } from '../endpoints/call-options.ts'
import type { Webhook } from '../endpoints/webhook.ts'
import type { ApiError } from '../errors/api-error.ts'
import { isApiError } from '../errors/guards.ts'
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
   * Whether to delete all other webhooks of the app, and with them their subscriptions.
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
  /** The calls that `apply` makes, in order. Empty when nothing needs to change. */
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
    await deleteAll(webhooks, surplus, options)
    return webhooks.create(url, options)
  }
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
