import { failure, invalidRequest, ok } from '../../api/problems.ts'
import type { AppRoute } from '../../api/route.ts'
import { registerWebhook } from '../../webhooks/register-webhook.ts'
import { readFields } from './read-fields.ts'
import { webhookData } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const createWebhook: AppRoute = {
  method: 'POST',
  path: '/2/webhooks',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context'],
  level: 'read-write',
  rate: 450,
  async answer({ platform, request, app }) {
    const fields = readFields(request.body, ['url'])
    if (typeof fields === 'string') return invalidRequest(fields)
    const webhook = await registerWebhook(platform, { app, url: fields.url })
    return 'reason' in webhook ? failure(webhook.reason, webhook.details) : ok({ data: webhookData(webhook) })
  },
}
