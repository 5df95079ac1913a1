import * as z from 'zod/mini'
import type { Endpoint } from '../../errors/reasons.ts'
import type { SuccessResponse } from '../../http/read-success.ts'
import { isEmpty, readResponse } from '../read-response.ts'
import { id, time } from '../schemas.ts'
import type { SubscribableEventType } from './event-types.ts'

/** What an activity subscription is limited to. */
export interface ActivityFilter {
  /**
   * The id of the account whose activity is delivered, 1 to 19 digits. Every event type but `news.new` needs it.
   *
   * @defaultValue absent: the subscription is not limited to an account
   */
  readonly userId?: string | undefined
  /**
   * The keyword that the news is about, 1 to 150 characters. Only for `news.new`.
   *
   * @defaultValue absent: the subscription is not limited to a keyword
   */
  readonly keyword?: string | undefined
  /**
   * Who acts: `outbound` if the account does it, `inbound` if another account does it to the account. X documents it for
   * `follow.follow`, `follow.unfollow` and `like.create`.
   *
   * @defaultValue absent: both directions
   */
  readonly direction?: 'inbound' | 'outbound' | undefined
  /**
   * Further conditions of the event type: names and values of X. X does not publish the names.
   *
   * @defaultValue absent: no further conditions
   */
  readonly qualifiers?: Readonly<Record<string, string>> | undefined
}

/**
 * An activity subscription: X delivers the events of one type that match a filter.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export interface ActivitySubscription {
  /** The id of the subscription, 1 to 19 digits. */
  readonly id: string
  /** The event type, such as `post.create`. */
  readonly eventType: SubscribableEventType
  /**
   * What the subscription is limited to. Empty if X did not send it. Its `direction` is `inbound` or `outbound`, or another
   * word of X.
   */
  readonly filter: Omit<ActivityFilter, 'direction'> & { readonly direction?: string | undefined }
  /** Your text of at most 200 characters, which X repeats in every delivery. Absent if the subscription has none. */
  readonly tag?: string
  /** The id of the webhook that X delivers to. Absent if X delivers to open streams only. */
  readonly webhookId?: string
  /** When the subscription was created. Absent if X did not send the time. */
  readonly createdAt?: Date
  /** When the subscription was changed last. Absent if X did not send the time. */
  readonly updatedAt?: Date
  /** When the subscription ends. Absent if it does not end. */
  readonly expiresAt?: Date
}

const text = z.optional(z.nullable(z.string()))
const when = z.optional(z.nullable(time))
const wireFilter = z.looseObject({
  user_id: z.optional(z.nullable(id)),
  keyword: text,
  // X's schema of its answers has any string here, and a changelog of X also has other words.
  direction: text,
  qualifiers: z.optional(z.nullable(z.record(z.string(), z.string()))),
})
const wire = z.looseObject({
  subscription_id: id,
  event_type: z.string(),
  filter: z.optional(z.nullable(wireFilter)),
  tag: text,
  webhook_id: z.optional(z.nullable(id)),
  created_at: when,
  updated_at: when,
  expires_at: when,
})

/** An activity subscription as X sends it. */
export const activitySubscription: z.ZodMiniType<ActivitySubscription> = z.pipe(
  wire,
  z.transform((sent: z.infer<typeof wire>) => ({
    id: sent.subscription_id,
    eventType: sent.event_type,
    filter: toFilter(sent.filter ?? {}),
    ...(sent.tag && { tag: sent.tag }),
    ...(sent.webhook_id && { webhookId: sent.webhook_id }),
    ...(sent.created_at && { createdAt: sent.created_at }),
    ...(sent.updated_at && { updatedAt: sent.updated_at }),
    ...(sent.expires_at && { expiresAt: sent.expires_at }),
  })),
)

function toFilter({
  user_id,
  keyword,
  direction,
  qualifiers,
}: z.infer<typeof wireFilter>): ActivitySubscription['filter'] {
  return {
    ...(user_id && { userId: user_id }),
    ...(keyword && { keyword }),
    ...(direction && { direction }),
    ...(qualifiers && { qualifiers }),
  }
}

/** A filter as X reads it. */
export function toWireFilter({ userId, keyword, direction, qualifiers }: ActivityFilter): Record<string, unknown> {
  return { user_id: userId, keyword, direction, qualifiers: qualifiers && { ...qualifiers } }
}

/**
 * Reads the subscription in a response to `create` or `update`: X sends it in `data.subscription`, `data`, the first
 * entry of `data`, or at the root. `undefined` if X sent none.
 *
 * @param sent - Members that X may leave out, because the request had them.
 */
export function readSubscription(
  endpoint: Endpoint,
  response: SuccessResponse,
  sent: Readonly<Record<string, unknown>> = {},
): ActivitySubscription | undefined {
  if (isEmpty(response)) return undefined
  const found = z.transform((body: unknown): unknown => {
    const { data = body } = Object(body) as { data?: unknown }
    const { subscription = data } = Object(data) as { subscription?: unknown }
    const first: unknown = Array.isArray(subscription) ? subscription[0] : subscription
    return Object.hasOwn(Object(first), 'subscription_id') ? { ...sent, ...(first as object) } : undefined
  })
  return readResponse(endpoint, response, z.pipe(found, z.optional(activitySubscription)))
}
