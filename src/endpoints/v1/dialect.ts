import type * as z from 'zod/mini'
import type { SubscriptionCount } from '../subscription-count.ts'
import type { SubscriptionList } from '../subscription-list.ts'

/** The differences between the premium and the enterprise API. The rest of v1.1 is the same. */
export interface Dialect<List extends SubscriptionList = SubscriptionList> {
  readonly paths: {
    readonly webhooks: string
    webhook(webhookId: string): string
    /** The subscription of the user whose token signs the request. */
    ownSubscription(webhookId: string): string
    subscription(webhookId: string, userId: string): string
    subscriptions(webhookId: string): string
    readonly count: string
  }
  readonly subscriptionList: z.ZodMiniType<List>
  readonly subscriptionCount: z.ZodMiniType<SubscriptionCount>
}
