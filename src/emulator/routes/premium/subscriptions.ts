import { json } from '../../api/problems.ts'
import { type AppRoute, appOnly, type UserRoute } from '../../api/route.ts'
import { bearerForSubscriptionLists, signedByUser } from '../v1/authentication.ts'
import { accountCounts, answerCheck, answerSubscribe, answerUnsubscribe } from '../v1/subscriptions.ts'
import { inEnvironment } from './in-environment.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const createSubscription: UserRoute = {
  method: 'POST',
  path: '/1.1/account_activity/all/:env_name/subscriptions.json',
  ...signedByUser,
  answer: inEnvironment((call) => answerSubscribe(call, call.webhook)),
}

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const checkSubscription: UserRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/:env_name/subscriptions.json',
  ...signedByUser,
  answer: inEnvironment((call) => answerCheck(call, call.webhook)),
}

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const listSubscriptions: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/:env_name/subscriptions/list.json',
  ...bearerForSubscriptionLists,
  rate: 50,
  answer: inEnvironment(({ app, environment, webhook }) => {
    const subscriptions = [...(webhook?.subscribers ?? [])].map((user_id) => ({ user_id }))
    return json(200, { environment, application_id: app.id, subscriptions })
  }),
}

/**
 * Deprecated by X in favour of `deleteSubscription`.
 *
 * @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api
 */
export const deleteOwnSubscription: UserRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/all/:env_name/subscriptions.json',
  ...signedByUser,
  answer: inEnvironment((call) => answerUnsubscribe(call, call.webhook, call.user.id)),
}

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const deleteSubscription: AppRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/all/:env_name/subscriptions/:user_id.json',
  ...appOnly,
  rate: 500,
  answer: inEnvironment((call) => answerUnsubscribe(call, call.webhook, call.param('user_id'))),
}

/**
 * X's reference and X's own samples use two paths.
 *
 * @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api
 * @see https://github.com/xdevplatform/account-activity-dashboard
 */
export const countRoutes: readonly AppRoute[] = [
  '/1.1/account_activity/all/subscriptions/count.json',
  '/1.1/account_activity/all/count.json',
].map((path) => ({
  method: 'GET',
  path,
  ...bearerForSubscriptionLists,
  rate: 15,
  answer(call) {
    const { subscriptions, ...account } = accountCounts(call)
    return json(200, { ...account, subscriptions_count: subscriptions })
  },
}))
