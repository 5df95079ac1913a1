import type { UserRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'
import { signedByUser } from '../v1/authentication.ts'
import { check } from '../v1/check.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const checkSubscription: UserRoute = {
  method: 'GET',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/all.json',
  ...signedByUser,
  answer: (call) => check(call, findWebhook(call)),
}
