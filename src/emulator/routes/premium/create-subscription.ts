import type { UserRoute } from '../../api/route.ts'
import { signedByUser } from '../v1/authentication.ts'
import { subscribe } from '../v1/subscribe.ts'
import { inEnvironment } from './in-environment.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const createSubscription: UserRoute = {
  method: 'POST',
  path: '/1.1/account_activity/all/:env_name/subscriptions.json',
  ...signedByUser,
  answer: inEnvironment((call) => subscribe(call, call.webhook)),
}
