import { json } from '../../api/problems.ts'
import type { AppRoute, UserRoute } from '../../api/route.ts'
import { bearer, bearerOnly, signedByUser } from '../v1/authentication.ts'
import { accountCount, check, subscribe, unsubscribe } from '../v1/subscriptions.ts'
import { inEnvironment } from './in-environment.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const checkSubscription: UserRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/:env_name/subscriptions.json',
  ...signedByUser,
  answer: inEnvironment((call) => check(call, call.webhook)),
}

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

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const createSubscription: UserRoute = {
  method: 'POST',
  path: '/1.1/account_activity/all/:env_name/subscriptions.json',
  ...signedByUser,
  answer: inEnvironment((call) => subscribe(call, call.webhook)),
}

/**
 * The deprecated way.
 *
 * @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api
 */
export const deleteOwnSubscription: UserRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/all/:env_name/subscriptions.json',
  ...signedByUser,
  answer: inEnvironment((call) => unsubscribe(call, call.webhook, call.user.id)),
}

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const deleteSubscription: AppRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/all/:env_name/subscriptions/:user_id.json',
  ...bearer,
  rate: 500,
  answer: inEnvironment((call) => unsubscribe(call, call.webhook, call.param('user_id'))),
}

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const listSubscriptions: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/:env_name/subscriptions/list.json',
  ...bearerOnly,
  rate: 50,
  answer: inEnvironment(({ app, environment, webhook }) => {
    const subscriptions = [...(webhook?.subscribers ?? [])].map((user_id) => ({ user_id }))
    return json(200, { environment, application_id: app.id, subscriptions })
  }),
}
