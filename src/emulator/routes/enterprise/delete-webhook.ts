import type { AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'
import { signed } from '../v1/authentication.ts'
import { remove } from '../v1/remove.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const deleteWebhook: AppRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/webhooks/:webhook_id.json',
  ...signed,
  answer: (call) => remove(call, findWebhook(call)),
}
