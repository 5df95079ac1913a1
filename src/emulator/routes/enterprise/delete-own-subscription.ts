import type { UserRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'
import { signedByUser } from '../v1/authentication.ts'
import { unsubscribe } from '../v1/unsubscribe.ts'

/**
 * The deprecated way.
 *
 * @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
 */
export const deleteOwnSubscription: UserRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/webhooks/:webhook_id/subscriptions/all.json',
  ...signedByUser,
  answer: (call) => unsubscribe(call, findWebhook(call), call.user.id),
}
