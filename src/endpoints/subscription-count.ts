import * as z from 'zod/mini'
import { count } from './schemas.ts'

/** How many subscriptions there are, and may be. */
export interface SubscriptionCount {
  readonly accountName: string
  /** How many the plan allows. */
  readonly provisionedCount: number
  /** How many there are with all activity. */
  readonly subscriptionsCountAll: number
  /** How many there are with direct messages only; 0 in premium, which has none of these. */
  readonly subscriptionsCountDirectMessages: number
}

const byProduct = z.looseObject({
  account_name: z.string(),
  provisioned_count: count,
  subscriptions_count_all: count,
  subscriptions_count_direct_messages: count,
})
const asOne = z.looseObject({ account_name: z.string(), provisioned_count: count, subscriptions_count: count })

/** A count as v2 and enterprise write it. */
export const subscriptionCount: z.ZodMiniType<SubscriptionCount> = z.pipe(
  byProduct,
  z.transform((wire: z.infer<typeof byProduct>) => ({
    accountName: wire.account_name,
    provisionedCount: wire.provisioned_count,
    subscriptionsCountAll: wire.subscriptions_count_all,
    subscriptionsCountDirectMessages: wire.subscriptions_count_direct_messages,
  })),
)

/** A count as premium writes it. */
export const premiumSubscriptionCount: z.ZodMiniType<SubscriptionCount> = z.pipe(
  asOne,
  z.transform((wire: z.infer<typeof asOne>) => ({
    accountName: wire.account_name,
    provisionedCount: wire.provisioned_count,
    subscriptionsCountAll: wire.subscriptions_count,
    subscriptionsCountDirectMessages: 0,
  })),
)
