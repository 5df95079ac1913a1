import type { UserRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'
import { signedByUser } from '../v1/authentication.ts'
import { subscribe } from '../v1/subscribe.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const createSubscription: UserRoute = {
  method: 'POST',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/all.json',
  ...signedByUser,
  answer: (call) => subscribe(call, findWebhook(call)),
}
