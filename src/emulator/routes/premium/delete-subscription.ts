import type { AppRoute } from '../../api/route.ts'
import { bearer } from '../v1/authentication.ts'
import { unsubscribe } from '../v1/unsubscribe.ts'
import { inEnvironment } from './in-environment.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const deleteSubscription: AppRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/all/:env_name/subscriptions/:user_id.json',
  ...bearer,
  rate: 500,
  answer: inEnvironment((call) => unsubscribe(call, call.webhook, call.param('user_id'))),
}
