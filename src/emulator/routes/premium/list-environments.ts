import { json } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { webhooksOf } from '../find-webhook.ts'
import { bearerForWebhookLists } from '../v1/authentication.ts'
import { webhookData } from './webhooks.ts'

/** @see https://developer.x.com/en/docs/twitter-api/premium/account-activity-api */
export const listEnvironments: AppRoute = {
  method: 'GET',
  path: '/1.1/account_activity/all/webhooks.json',
  ...bearerForWebhookLists,
  answer(call) {
    const environments = call.platform.environments.map((environment_name) => ({
      environment_name,
      webhooks: webhooksOf(call, environment_name).map(webhookData),
    }))
    return json(200, { environments })
  },
}
