import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import { path } from '../../http/path.ts'
import { assertId } from '../../internal/assert.ts'
import type { Api, CallOptions } from '../api.ts'
import { readAnswer } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { id } from '../schemas.ts'

/** Who is subscribed to a webhook. */
export interface SubscriptionList {
  readonly applicationId: string
  readonly webhookId: string
  readonly webhookUrl: string
  /** All of them: X does not page this list. */
  readonly subscriptions: readonly Subscription[]
}

/** One subscribed account. */
export interface Subscription {
  readonly userId: string
}

const endpoint = 'subscriptions.list'
const list = z.looseObject({
  data: z.looseObject({
    application_id: id,
    webhook_id: id,
    webhook_url: z.string(),
    subscriptions: z.optional(z.nullable(z.array(z.looseObject({ user_id: id })))),
  }),
})

/** `GET /2/account_activity/webhooks/{id}/subscriptions/all/list` */
export async function listSubscriptions(
  { transport, app }: Api,
  webhookId: string,
  options: CallOptions = {},
): Promise<SubscriptionList> {
  assertId(webhookId, 'webhookId')
  const answer = await call(transport, {
    endpoint,
    method: 'GET',
    path: path`/2/account_activity/webhooks/${webhookId}/subscriptions/all/list`,
    authorizer: app,
    repeatable: true,
    signal: readSignal(options),
  })
  const { data } = readAnswer(endpoint, answer, list)
  return {
    applicationId: data.application_id,
    webhookId: data.webhook_id,
    webhookUrl: data.webhook_url,
    subscriptions: (data.subscriptions ?? []).map(({ user_id }) => ({ userId: user_id })),
  }
}
