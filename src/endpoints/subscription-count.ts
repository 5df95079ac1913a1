import * as z from 'zod/mini'
import { count } from './schemas.ts'

/**
 * The number of subscriptions of an app.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export interface SubscriptionCount {
  /** The name of the developer account. */
  readonly accountName: string
  /** The number of subscriptions that the plan allows. */
  readonly provisionedCount: number
  /** The number of subscriptions to all activity. */
  readonly subscriptionsCountAll: number
  /** The number of subscriptions to direct messages only. Always 0 in the premium API, which does not count them. */
  readonly subscriptionsCountDirectMessages: number
}

const byProduct = z.looseObject({
  account_name: z.string(),
  provisioned_count: count,
  subscriptions_count_all: count,
  subscriptions_count_direct_messages: count,
})
const asOne = z.looseObject({ account_name: z.string(), provisioned_count: count, subscriptions_count: count })

/** A count as v2 and the enterprise API send it. */
export const subscriptionCount: z.ZodMiniType<SubscriptionCount> = z.pipe(
  byProduct,
  z.transform((wire: z.infer<typeof byProduct>) => ({
    accountName: wire.account_name,
    provisionedCount: wire.provisioned_count,
    subscriptionsCountAll: wire.subscriptions_count_all,
    subscriptionsCountDirectMessages: wire.subscriptions_count_direct_messages,
  })),
)

/** A count as the premium API sends it. */
export const premiumSubscriptionCount: z.ZodMiniType<SubscriptionCount> = z.pipe(
  asOne,
  z.transform((wire: z.infer<typeof asOne>) => ({
    accountName: wire.account_name,
    provisionedCount: wire.provisioned_count,
    subscriptionsCountAll: wire.subscriptions_count,
    subscriptionsCountDirectMessages: 0,
  })),
)
