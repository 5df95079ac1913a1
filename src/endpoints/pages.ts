import * as z from 'zod/mini'
import { listOf } from './schemas.ts'

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

/**
 * All entries of a list. A page is requested when its first entry is needed; each iteration begins with the first page.
 * It ends at a page without a token, or with a token that was used already.
 */
export function iteratePages<T>(readPage: (token: string | undefined) => Promise<Page<T>>): AsyncIterable<T> {
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
