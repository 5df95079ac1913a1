import { ok } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { anyToken, findSubscription, totalSubscriptions } from './subscriptions.ts'

/** @see https://docs.x.com/x-api/activity/introduction */
export const deleteActivitySubscription: AppRoute = {
  method: 'DELETE',
  path: '/2/activity/subscriptions/:subscription_id',
  ...anyToken,
  answer(call) {
    const subscription = findSubscription(call)
    if (subscription instanceof Response) return subscription
    call.platform.state.removeActivitySubscription(subscription)
    return ok({ data: { deleted: true }, meta: { total_subscriptions: totalSubscriptions(call) } })
  },
}
