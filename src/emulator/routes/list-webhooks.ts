import { ok } from '../problems.ts'
import type { Route } from '../router.ts'
import { webhookData } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const listWebhooks: Route = {
  method: 'GET',
  path: '/2/webhooks',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only'],
  answer({ platform, app }) {
    const data = [...platform.state.webhooks.values()].filter((webhook) => webhook.appId === app.id).map(webhookData)
    return ok({ data, meta: { result_count: data.length } })
  },
}
