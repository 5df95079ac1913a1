import type { AppRoute } from '../../api/route.ts'
import { signed } from '../v1/authentication.ts'
import { remove } from '../v1/remove.ts'
import { ofWebhook } from './in-environment.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const deleteWebhook: AppRoute = {
  method: 'DELETE',
  path: '/1.1/account_activity/all/:env_name/webhooks/:webhook_id.json',
  ...signed,
  answer: ofWebhook((call) => remove(call, call.webhook)),
}
