import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { accountCount } from '../v1/account-count.ts'
import { bearerOnly } from '../v1/authentication.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const countSubscriptions: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/subscriptions/count.json',
  ...bearerOnly,
  rate: 15,
  answer(call) {
    const { subscriptions, ...account } = accountCount(call)
    return json(200, { ...account, subscriptions_count: subscriptions })
  },
}
