import type { UserRoute } from '../../api/route.ts'
import { signedByUser } from '../v1/authentication.ts'
import { unsubscribe } from '../v1/unsubscribe.ts'
import { inEnvironment } from './in-environment.ts'

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
