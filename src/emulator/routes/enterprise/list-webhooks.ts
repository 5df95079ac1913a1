import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { webhooksOf } from '../find-webhook.ts'
import { bearerToRead } from '../v1/authentication.ts'
import { webhookData } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity */
export const listWebhooks: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/webhooks.json',
  ...bearerToRead,
  answer: (call) => json(200, webhooksOf(call).map(webhookData)),
}
