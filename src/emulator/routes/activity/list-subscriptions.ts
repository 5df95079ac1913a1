import { invalidRequest, ok, subscriptionsDenied } from '../../api/problems.ts'
import type { AppCall, AppRoute } from '../../api/route.ts'
import type { ActivitySubscription } from '../../state/tables.ts'
import { takePage } from '../v2/take-page.ts'
import { anyToken, subscriptionData, subscriptionsOf, totalSubscriptions } from './subscriptions.ts'

/** @see https://docs.x.com/x-api/activity/introduction */
export const listActivitySubscriptions: AppRoute = {
  method: 'GET',
  path: '/2/activity/subscriptions',
  ...anyToken,
  scopes: ['like.read', 'tweet.read'],
  answer(call) {
    const query = call.request.url.searchParams
    const userId = query.get('user_id') ?? undefined
    const isOfUser = ({ filter }: ActivitySubscription) => userId === undefined || filter.userId === userId
    const page = takePage(subscriptionsOf(call).filter(isOfUser), query)
    if (typeof page === 'string') return invalidRequest(page)
    if (userId !== undefined && !/^\d{1,19}$/.test(userId)) {
      return invalidRequest('user_id: must be an id of 1 to 19 digits')
    }
    const refusal = refuseOtherUser(call, userId)
    if (refusal) return refusal
    const meta = { result_count: page.items.length, ...page.next, total_subscriptions: totalSubscriptions(call) }
    return ok({ data: page.items.map(subscriptionData), meta })
  },
}

/** With the token of a user, `user_id` must be the id of that user. */
function refuseOtherUser({ caller }: AppCall, userId: string | undefined): Response | undefined {
  if (userId === undefined || caller.by === 'OAuth 2.0 Application-Only') return undefined
  return userId === caller.user.id ? undefined : subscriptionsDenied(userId)
}
