import { challenge } from '../crc.ts'
import { EventLog } from '../event-log.ts'
import { failure, invalidRequest, ok } from '../problems.ts'
import type { AppCall, Route } from '../router.ts'
import { refuseUrl } from '../webhook-url.ts'
import { readFields } from './read-fields.ts'
import { webhookData } from './webhook-data.ts'

/** @see https://docs.x.com/x-api/webhooks/introduction */
export const createWebhook: Route = {
  method: 'POST',
  path: '/2/webhooks',
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context'],
  async answer(call) {
    const fields = readFields(call.request.body, ['url'])
    if (typeof fields === 'string') return invalidRequest(fields)
    const { platform, app } = call
    const refused = refuse(call, fields.url)
    if (refused) return refused
    const crc = await challenge(platform, { url: fields.url, secret: app.consumerSecret })
    if (!crc.passed) return failure('CrcValidationFailed', crc.details)
    // Another registration may have been faster meanwhile.
    return refuse(call, fields.url) ?? ok({ data: webhookData(register(call, fields.url)) })
  },
}

function refuse({ platform: { state, limits, strict }, app }: AppCall, url: string): Response | undefined {
  const problem = refuseUrl(url, { strict })
  if (problem) return failure('UrlValidationFailed', problem)
  const webhooks = state.webhooksOfAccount(app.ownerId)
  // X looks at the limit first: under a limit of one, the same URL again is a webhook too many.
  if (webhooks.length >= limits.webhooks) {
    return failure('WebhookLimitExceeded', `The account has ${limits.webhooks} of ${limits.webhooks} webhooks`)
  }
  if (webhooks.some((webhook) => webhook.appId === app.id && new URL(webhook.url).href === new URL(url).href)) {
    return failure('DuplicateUrlFailed', 'A webhook with this URL already exists')
  }
  return undefined
}

function register({ platform: { state, clock, nextId }, app }: AppCall, url: string) {
  const webhook = {
    id: nextId(),
    appId: app.id,
    url,
    createdAt: clock.now(),
    valid: true,
    subscribers: new Set<string>(),
    log: new EventLog(),
    replaying: false,
  }
  state.webhooks.set(webhook.id, webhook)
  return webhook
}
