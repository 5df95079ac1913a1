import type { WebhooksClient } from '../client/account-activity-client.ts'
import type { CallOptions } from '../endpoints/call-options.ts'
import type { Webhook } from '../endpoints/webhook.ts'
import type { ApiError } from '../errors/api-error.ts'
import { isApiError } from '../errors/guards.ts'
import { assertBoolean, assertMethods, assertObject } from '../internal/assert.ts'
import { parseHttpUrl } from '../internal/http-url.ts'

/** What syncing webhooks needs of a client: any of them has it. */
export interface WebhookSyncClient {
  readonly webhooks: WebhooksClient
}

/** The webhook that is wanted. */
export interface WebhookSyncOptions extends CallOptions {
  /** Absolute, at most 200 characters; X wants https, public, without a port. */
  readonly url: string
  /** Whether to delete the app's other webhooks, and their subscriptions with them: `false` unless set. */
  readonly prune?: boolean
}

/** One call that is needed. */
export type WebhookSyncAction =
  | { readonly type: 'create'; readonly url: string }
  | { readonly type: 'validate'; readonly url: string; readonly webhookId: string }
  | { readonly type: 'delete'; readonly url: string; readonly webhookId: string }

/** What is there, and what is to be done about it. */
export interface WebhookSyncPlan {
  /** The webhook of this URL, where there is one. */
  readonly webhook?: Webhook
  /** What `apply` does, in this order; nothing when everything is as it is wanted. */
  readonly actions: readonly WebhookSyncAction[]
  /**
   * Carries it out.
   *
   * @throws ApiError when X refuses: `CrcValidationFailed`, `UrlValidationFailed`, `WebhookLimitExceeded` …
   */
  apply(options?: CallOptions): Promise<Webhook>
}

/**
 * Looks at the webhooks of an app, with one call, and tells what is to be done to have one of a URL: create it, have it
 * validated where it is invalid, delete the others where that is asked for.
 *
 * @throws TypeError or RangeError when an argument is wrong, ApiError when X refuses.
 * @see https://docs.x.com/x-api/webhooks/quickstart
 *
 * @example
 * import type { Client } from 'x-account-activity'
 * import { planWebhook } from 'x-account-activity/recovery'
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
  const { url, prune = false, signal } = options
  const { href } = parseHttpUrl(url, 'url')
  assertBoolean(prune, 'prune')

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

interface Job {
  readonly url: string
  readonly href: string
  readonly webhook: Webhook | undefined
  readonly surplus: readonly Webhook[]
  readonly options: CallOptions
}

async function apply(webhooks: WebhooksClient, job: Job): Promise<Webhook> {
  const { webhook, surplus, options } = job
  if (webhook === undefined) return create(webhooks, job)
  const valid = webhook.valid ? webhook : await validate(webhooks, webhook, options)
  await deleteAll(webhooks, surplus, options)
  return valid
}

/** The others go when the new one stands, or first where there is no room for it beside them. */
async function create(webhooks: WebhooksClient, job: Job): Promise<Webhook> {
  const { url, surplus, options } = job
  try {
    const created = await webhooks.create(url, options)
    await deleteAll(webhooks, surplus, options)
    return created
  } catch (error) {
    if (!isTaken(error)) throw error
    const known = await reuse(webhooks, job)
    if (known !== undefined) return known
    if (error.reason !== 'WebhookLimitExceeded' || surplus.length === 0) throw error
    await deleteAll(webhooks, surplus, options)
    return webhooks.create(url, options)
  }
}

/** Somebody else may have been quicker; X has been seen to call that a limit, too. */
async function reuse(webhooks: WebhooksClient, job: Job): Promise<Webhook | undefined> {
  const found = (await webhooks.list(job.options)).find((known) => isSameUrl(known.url, job.href))
  if (found === undefined) return undefined
  return apply(webhooks, { ...job, webhook: found, surplus: job.surplus.filter(({ id }) => id !== found.id) })
}

function isTaken(error: unknown): error is ApiError<'webhooks.create'> {
  return (
    isApiError(error, 'webhooks.create') &&
    (error.reason === 'DuplicateUrlFailed' || error.reason === 'WebhookLimitExceeded')
  )
}

/** What came of a validation stands in the list. */
async function validate(webhooks: WebhooksClient, webhook: Webhook, options: CallOptions): Promise<Webhook> {
  await webhooks.validate(webhook.id, options)
  return (await webhooks.list(options)).find(({ id }) => id === webhook.id) ?? webhook
}

async function deleteAll(webhooks: WebhooksClient, surplus: readonly Webhook[], options: CallOptions): Promise<void> {
  for (const { id } of surplus) {
    try {
      await webhooks.delete(id, options)
    } catch (error) {
      // It is gone, which is what was wanted.
      if (!isApiError(error, 'webhooks.delete') || error.reason !== 'WebhookIdInvalid') throw error
    }
  }
}

function isSameUrl(url: string, href: string): boolean {
  return URL.canParse(url) && new URL(url).href === href
}
