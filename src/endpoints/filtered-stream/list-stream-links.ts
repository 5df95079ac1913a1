import * as z from 'zod/mini'
import { call } from '../../http/call.ts'
import type { Api } from '../api.ts'
import { type CallOptions, readCallOptions } from '../call-options.ts'
import { readResponse } from '../read-response.ts'
import { listOf } from '../schemas.ts'
import { type StreamLink, streamLink } from './stream-link.ts'

const endpoint = 'filteredStream.links.list'

/** The links are in `data.links`, in `data`, or in `links`. Without links, X may leave them out beside `meta`. */
const links: z.ZodMiniType<{ data: StreamLink[] }> = z.pipe(
  z.transform((body: unknown) => {
    const { data = body, meta } = Object(body) as { data?: unknown; meta?: unknown }
    const { links = data } = Object(data) as { links?: unknown }
    return { data: links === body && meta !== undefined ? [] : links }
  }),
  z.looseObject({ data: listOf(streamLink) }),
)

/**
 * `GET /2/tweets/search/webhooks`
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export async function listStreamLinks({ transport, app }: Api, options: CallOptions = {}): Promise<StreamLink[]> {
  const response = await call(transport, {
    endpoint,
    method: 'GET',
    path: '/2/tweets/search/webhooks',
    authorizer: app,
    isIdempotent: true,
    ...readCallOptions(options),
  })
  return readResponse(endpoint, response, links).data
}
