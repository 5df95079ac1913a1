import type { AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'
import { bearer } from '../v1/authentication.ts'
import { unsubscribe } from '../v1/unsubscribe.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const deleteSubscription: AppRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/:user_id/all.json',
  ...bearer,
  rate: 500,
  answer: (call) => unsubscribe(call, findWebhook(call), call.param('user_id')),
}
