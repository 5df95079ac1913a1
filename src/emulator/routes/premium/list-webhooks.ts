import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { bearerToRead } from '../v1/authentication.ts'
import { inEnvironment } from './in-environment.ts'
import { webhookData } from './webhook-data.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const listWebhooks: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/:env_name/webhooks.json',
  ...bearerToRead,
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context'],
  answer: inEnvironment(({ webhook }) => json(200, webhook ? [webhookData(webhook)] : [])),
}
