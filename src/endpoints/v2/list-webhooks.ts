import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import type { Api, CallOptions } from '../api.ts'
import { readResponse } from '../read-answer.ts'
import { readSignal } from '../read-signal.ts'
import { type Webhook, webhook } from '../webhook.ts'

const endpoint = 'webhooks.list'

/** Where there are none, `data` may be left out; then the count must say so. */
const list: z.ZodMiniType<{ data: Webhook[] }> = z.pipe(
  z.transform((body: unknown) => (countsNone(body) ? { data: [] } : body)),
  z.looseObject({ data: z.array(webhook) }),
)

/** `GET /2/webhooks` */
export async function listWebhooks({ transport, app }: Api, options: CallOptions = {}): Promise<Webhook[]> {
  const answer = await call(transport, {
    endpoint,
    method: 'GET',
    path: '/2/webhooks',
    authorizer: app,
    isIdempotent: true,
    signal: readSignal(options),
  })
  return readResponse(endpoint, answer, list).data
}

function countsNone(body: unknown): boolean {
  const { data, meta } = Object(body) as { data?: unknown; meta?: { result_count?: unknown } | null }
  return (data === undefined || data === null) && meta?.result_count === 0
}
