/** A page of a list, and the member of `meta` that leads to the next one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: { readonly next_token?: string }
}

const maxPageSize = 1000

/**
 * The page that a query asks for with `max_results` (1 to 1000, default 1000) and `pagination_token`, or the problem with
 * the query in one sentence. A page begins after the row that the token names, so a row that is added or deleted between
 * two pages moves no other one.
 *
 * @param list - The whole list, sorted by id.
 */
export function takePage<T extends { readonly id: string }>(
  list: readonly T[],
  query: URLSearchParams,
): Page<T> | string {
  const size = query.get('max_results') ?? String(maxPageSize)
  const pageSize = /^\d{1,5}$/.test(size) ? Number(size) : 0
  if (pageSize < 1 || pageSize > maxPageSize) return `max_results: must be a whole number from 1 to ${maxPageSize}`
  const token = query.get('pagination_token')
  if (token !== null && !/^[0-9a-v]{16}$/.test(token)) return 'pagination_token: must be the next_token of a page'
  const rest = token === null ? list : list.filter(({ id }) => toToken(id) > token)
  const items = rest.slice(0, pageSize)
  const last = items.at(-1)
  return { items, next: last && rest.length > items.length ? { next_token: toToken(last.id) } : {} }
}

/**
 * The token of what follows an id: 16 digits of base32hex, which is how JavaScript writes numbers to the base 32. Tokens
 * sort like their ids.
 */
function toToken(id: string): string {
  return BigInt(id).toString(32).padStart(16, '0')
}
