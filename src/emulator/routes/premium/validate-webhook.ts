import type { AppRoute } from '../../api/route.ts'
import { signed } from '../v1/authentication.ts'
import { validate } from '../v1/validate.ts'
import { ofWebhook } from './in-environment.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const validateWebhook: AppRoute = {
  method: 'PUT',
  path: '/1.1/account_activity/all/:env_name/webhooks/:webhook_id.json',
  ...signed,
  answer: ofWebhook((call) => validate(call, call.webhook)),
}
