import type * as z from 'zod/mini'
import type { SubscriptionCount } from '../subscription-count.ts'
import type { SubscriptionList } from '../subscription-list.ts'

/** What premium and enterprise say each in their own way; the rest of version 1.1 is the same. */
export interface Dialect<List extends SubscriptionList = SubscriptionList> {
  readonly paths: {
    readonly webhooks: string
    webhook(webhookId: string): string
    /** The subscription of the user who signs. */
    ownSubscription(webhookId: string): string
    subscription(webhookId: string, userId: string): string
    subscriptions(webhookId: string): string
    readonly count: string
  }
  readonly subscriptionList: z.ZodMiniType<List>
  readonly subscriptionCount: z.ZodMiniType<SubscriptionCount>
}
