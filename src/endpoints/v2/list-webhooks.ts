import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { listOf } from '../schemas.ts'
import { type Webhook, webhook } from '../webhook.ts'

const endpoint = 'webhooks.list'

/** Without webhooks, X may leave out `data`. Then `meta.result_count` must be 0. */
const list: z.ZodMiniType<{ data: Webhook[] }> = z.pipe(
  z.transform((body: unknown) => (hasNoResults(body) ? { data: [] } : body)),
  z.looseObject({ data: listOf(webhook) }),
)

/**
 * `GET /2/webhooks`
 *
 * @see https://docs.x.com/x-api/webhooks/quickstart
 */
export async function listWebhooks({ transport, app }: Api, options: CallOptions = {}): Promise<Webhook[]> {
  const response = await call(transport, {
    endpoint,
    method: 'GET',
    path: '/2/webhooks',
    authorizer: app,
    isIdempotent: true,
    ...readCallOptions(options),
  })
  return readResponse(endpoint, response, list).data
}

function hasNoResults(body: unknown): boolean {
  const { data, meta } = Object(body) as { data?: unknown; meta?: { result_count?: unknown } | null }
  return (data === undefined || data === null) && meta?.result_count === 0
}
