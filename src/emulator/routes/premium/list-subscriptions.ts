import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { bearerOnly } from '../v1/authentication.ts'
import { inEnvironment } from './in-environment.ts'

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
