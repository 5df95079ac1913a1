import { invalidRequest, ok } from '../../api/problems.ts'
import { type AppRoute, appOnly } from '../../api/route.ts'
import { subscriptionsOf, totalSubscriptions } from './subscriptions.ts'

const maxIds = 100

/**
 * Deletes the subscriptions that exist. The answer has an error for each of the others.
 *
 * @see https://docs.x.com/x-api/activity/introduction
 */
export const deleteActivitySubscriptions: AppRoute = {
  method: 'DELETE',
  path: '/2/activity/subscriptions',
  ...appOnly,
  rate: 500,
  answer(call) {
    const ids = call.request.url.searchParams.get('ids')?.split(',') ?? []
    if (ids.length < 1 || ids.length > maxIds || !ids.every((id) => /^\d{1,19}$/.test(id))) {
      return invalidRequest(`ids: must be a list of 1 to ${maxIds} ids of 1 to 19 digits`)
    }
    const wanted = [...new Set(ids)]
    const found = subscriptionsOf(call).filter(({ id }) => wanted.includes(id))
    for (const subscription of found) call.platform.state.removeActivitySubscription(subscription)
    const missing = wanted.filter((wantedId) => !found.some(({ id }) => id === wantedId))
    const errors = missing.map((id) => ({
      subscription_id: id,
      reason: 'SubscriptionNotFound',
      message: 'The subscription does not exist or belongs to another app',
    }))
    return ok({
      data: found.map(({ id }) => ({ subscription_id: id, deleted: true })),
      ...(errors.length > 0 && { errors }),
      meta: { total_subscriptions: totalSubscriptions(call) },
    })
  },
}
