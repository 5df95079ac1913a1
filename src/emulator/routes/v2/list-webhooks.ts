import { ok } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { webhooksOf } from '../find-webhook.ts'
import { webhookData } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const listWebhooks: AppRoute = {
  method: 'GET',
  path: '/2/webhooks',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
  rate: 450,
  answer(call) {
    const data = webhooksOf(call).map(webhookData)
    return ok({ data, meta: { result_count: data.length } })
  },
}
