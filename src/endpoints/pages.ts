import * as z from 'zod/mini'
import type { Endpoint } from '../errors/reasons.ts'
import { call } from '../http/call.ts'
import { assertInteger } from '../internal/assert.ts'
import type { Api } from './api.ts'
import { type CallOptions, readCallOptions } from './call-options.ts'
import { readResponse } from './read-response.ts'
import { listOf } from './schemas.ts'

/** The options of a call that lists in pages. They apply to the request of each page. */
export interface PagedCallOptions extends CallOptions {
  /**
   * How many entries X sends in one response: an integer from 1 to 1000.
   *
   * @defaultValue 1000
   */
  readonly pageSize?: number | undefined
}

/** One page of a list. */
export interface Page<T> {
  readonly entries: readonly T[]
  /** The token of the next page. Absent on the last page. */
  readonly nextToken?: string
}

/**
 * A page as X sends it. Without entries, X may leave out `data`: then the body must have `meta`, or be empty. Otherwise the
 * body of another server would be an empty list.
 */
export function pageOf<T>(entry: z.ZodMiniType<T>): z.ZodMiniType<Page<T>> {
  const wire = z.looseObject({
    data: listOf(entry),
    meta: z.optional(z.nullable(z.looseObject({ next_token: z.optional(z.nullable(z.string())) }))),
  })
  return z.pipe(
    z.transform((body: unknown) => (hasNoEntries(body) ? { ...body, data: [] } : body)),
    z.pipe(
      wire,
      z.transform(({ data, meta }: z.infer<typeof wire>) => {
        const nextToken = meta?.next_token
        return { entries: data, ...(nextToken && { nextToken }) }
      }),
    ),
  )
}

function hasNoEntries(body: unknown): body is object {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false
  const { data, meta } = body as { data?: unknown; meta?: unknown }
  return (data === undefined || data === null) && (meta !== undefined || Object.keys(body).length === 0)
}

/** A list of X: its path, and how its pages are read. */
export interface PagedList<T> {
  readonly endpoint: Endpoint
  readonly path: string
  readonly page: z.ZodMiniType<Page<T>>
  /** The rest of the query. */
  readonly query?: Readonly<Record<string, string>>
  /** The names of the other options that the call has. */
  readonly moreOptions?: readonly string[]
}

/**
 * All entries of a list, app-only. A page is requested when its first entry is needed; each iteration begins with the
 * first page. It ends at a page without a token, or with a token that was used already.
 *
 * @throws TypeError or RangeError if an option is invalid.
 */
export function listPages<T>(
  { transport, app }: Api,
  { endpoint, path, page, query = {}, moreOptions = [] }: PagedList<T>,
  options: PagedCallOptions,
): AsyncIterable<T> {
  const callOptions = readCallOptions(options, ['pageSize', ...moreOptions])
  const { pageSize = 1000 } = options
  assertInteger(pageSize, 'pageSize', { min: 1, max: 1000 })
  const readPage = async (token: string | undefined) => {
    const response = await call(transport, {
      endpoint,
      method: 'GET',
      path,
      query: { max_results: String(pageSize), ...query, ...(token !== undefined && { pagination_token: token }) },
      authorizer: app,
      isIdempotent: true,
      ...callOptions,
    })
    return readResponse(endpoint, response, page)
  }
  return { [Symbol.asyncIterator]: () => readPages(readPage) }
}

async function* readPages<T>(readPage: (token: string | undefined) => Promise<Page<T>>): AsyncGenerator<T, void> {
  const used = new Set<string>()
  for (let token: string | undefined; ; ) {
    const { entries, nextToken } = await readPage(token)
    yield* entries
    if (nextToken === undefined || used.has(nextToken)) return
    used.add(nextToken)
    token = nextToken
  }
}
