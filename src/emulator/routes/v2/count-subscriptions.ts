import { ok } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'

/** @see https://docs.x.com/x-api/account-activity/quickstart */
export const countSubscriptions: AppRoute = {
  method: 'GET',
  path: '/2/account_activity/subscriptions/count',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
  answer({ platform: { state, limits }, app }) {
    return ok({
      data: {
        account_name: state.users.get(app.ownerId)?.screenName ?? '',
        provisioned_count: String(limits.subscriptions),
        subscriptions_count_all: String(state.subscribersOfAccount(app.ownerId).size),
        // The product for direct messages alone is gone; its count is not.
        subscriptions_count_direct_messages: '0',
      },
    })
  },
}
