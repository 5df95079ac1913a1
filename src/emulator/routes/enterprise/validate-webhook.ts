import type { AppRoute } from '../../api/route.ts'
import { findWebhook } from '../find-webhook.ts'
import { signed } from '../v1/authentication.ts'
import { validate } from '../v1/validate.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const validateWebhook: AppRoute = {
  method: 'PUT',
  path: '/1.1/account_activity/webhooks/:webhook_id.json',
  ...signed,
  answer: (call) => validate(call, findWebhook(call)),
}
