import type { UserRoute } from '../../api/route.ts'
import { signedByUser } from '../v1/authentication.ts'
import { check } from '../v1/check.ts'
import { inEnvironment } from './in-environment.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const checkSubscription: UserRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/:env_name/subscriptions.json',
  ...signedByUser,
  answer: inEnvironment((call) => check(call, call.webhook)),
}
