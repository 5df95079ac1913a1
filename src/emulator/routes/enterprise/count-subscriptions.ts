import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { accountCount } from '../v1/account-count.ts'
import { bearerOnly } from '../v1/authentication.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const countSubscriptions: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/subscriptions/count.json',
  ...bearerOnly,
  rate: 15,
  answer(call) {
    const { subscriptions, ...account } = accountCount(call)
    // The product for direct messages alone is gone; its count is not.
    return json(200, { ...account, subscriptions_count_all: subscriptions, subscriptions_count_direct_messages: '0' })
  },
}
