import type { SubscriptionsClient } from '../client/account-activity-client.ts'
import type { ActivitySubscriptionsClient } from '../client/activity-client.ts'
import type { CallOptions } from '../endpoints/call-options.ts'
import type { Webhook } from '../endpoints/webhook.ts'
import { isApiError } from '../errors/guards.ts'

/** The part of a client that lists what X delivers to a webhook. Clients of v1.1 have subscriptions only. */
export interface WebhookUsesClient {
  /** Lists the accounts that are subscribed to a webhook. */
  readonly subscriptions: Pick<SubscriptionsClient, 'list'>
  /** The X Activity API. */
  readonly activity?:
    | {
        /** Lists the activity subscriptions of the app. */
        readonly subscriptions: Pick<ActivitySubscriptionsClient, 'list'>
      }
    | undefined
  /** The filtered stream by webhook. */
  readonly filteredStream?:
    | {
        /** Lists the links between webhooks and the filtered stream. */
        readonly links: {
          /** Lists the links of the app. */
          list(options?: CallOptions): Promise<readonly { readonly webhookId: string }[]>
        }
      }
    | undefined
}

/** A webhook that a sync keeps, because X still delivers something to it. */
export interface KeptWebhook {
  /** The webhook. */
  readonly webhook: Webhook
  /** Ids of the accounts that are subscribed to it. */
  readonly userIds: readonly string[]
  /** Ids of the activity subscriptions that X delivers to it. */
  readonly activitySubscriptionIds: readonly string[]
  /** Whether the filtered stream is linked to it. */
  readonly isLinked: boolean
}

/** Lists what X delivers to each of the webhooks. One call for each webhook, and two calls for all of them. */
export async function listUses(
  client: WebhookUsesClient,
  webhooks: readonly Webhook[],
  options: CallOptions,
): Promise<KeptWebhook[]> {
  if (webhooks.length === 0) return []
  const activityIds = await emptyWithoutAccess(() => listActivityIds(client, options))
  const links = await emptyWithoutAccess(async () => (await client.filteredStream?.links.list(options)) ?? [])
  const uses: KeptWebhook[] = []
  for (const webhook of webhooks) {
    uses.push({
      webhook,
      userIds: await listUserIds(client, webhook.id, options),
      activitySubscriptionIds: activityIds.flatMap(({ id, webhookId }) => (webhookId === webhook.id ? [id] : [])),
      isLinked: links.some(({ webhookId }) => webhookId === webhook.id),
    })
  }
  return uses
}

/** Whether X delivers something to the webhook. */
export function isInUse({ userIds, activitySubscriptionIds, isLinked }: KeptWebhook): boolean {
  return userIds.length > 0 || activitySubscriptionIds.length > 0 || isLinked
}

async function listActivityIds({ activity }: WebhookUsesClient, options: CallOptions) {
  const found: { readonly id: string; readonly webhookId: string | undefined }[] = []
  if (activity === undefined) return found
  for await (const { id, webhookId } of activity.subscriptions.list(options)) found.push({ id, webhookId })
  return found
}

/** Ids of the accounts that are subscribed to a webhook. None if the webhook does not exist. */
export async function listUserIds(
  { subscriptions }: WebhookUsesClient,
  webhookId: string,
  options: CallOptions,
): Promise<string[]> {
  try {
    return (await subscriptions.list(webhookId, options)).subscriptions.map(({ userId }) => userId)
  } catch (error) {
    if (isApiError(error, 'subscriptions.list') && error.reason === 'WebhookIdInvalid') return []
    throw error
  }
}

/** An app whose plan does not include an API has nothing of it. */
async function emptyWithoutAccess<T>(list: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await list()
  } catch (error) {
    if (isApiError(error) && (error.reason === 'Forbidden' || error.reason === 'NotFound')) return []
    throw error
  }
}
