/** A page of a list, and the member of `meta` that leads to the next one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: { readonly next_token?: string }
}

/**
 * The page that a query asks for with `max_results` (1 to 1000, default 1000) and `pagination_token`, or the problem with
 * the query in one sentence.
 *
 * @param list - The whole list, sorted by id.
 */
export function takePage<T extends { readonly id: string }>(
  list: readonly T[],
  query: URLSearchParams,
): Page<T> | string {
  const size = query.get('max_results') ?? '1000'
  if (!/^\d{1,4}$/.test(size) || Number(size) < 1 || Number(size) > 1000) {
    return `The \`max_results\` query parameter value [${size}] is not between 1 and 1000`
  }
  const token = query.get('pagination_token')
  if (token !== null && !/^[0-9a-v]{16}$/.test(token)) {
    return `The \`pagination_token\` query parameter value [${token}] is not valid`
  }
  const rest = token === null ? list : list.filter(({ id }) => toToken(id) > token)
  const items = rest.slice(0, Number(size))
  const last = items.at(-1)
  return { items, next: last && rest.length > items.length ? { next_token: toToken(last.id) } : {} }
}

/** The token of what follows an id: the id in base32hex. Tokens sort like their ids. */
function toToken(id: string): string {
  return BigInt(id).toString(32).padStart(16, '0')
}
