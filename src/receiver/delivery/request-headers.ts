import type { RequestHeaders } from '../receiver.ts'

/** The value of a header whatever its case; several values are joined, as HTTP does, and so match no signature. */
export function headerOf(headers: RequestHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = Object.hasOwn(headers, name) ? headers[name] : otherCase(headers, name)
  return typeof value === 'string' || value === undefined ? value : value.join(', ')
}

function otherCase(headers: Exclude<RequestHeaders, Headers>, name: string): string | readonly string[] | undefined {
  const values = Object.keys(headers)
    .filter((key) => key.toLowerCase() === name)
    .flatMap((key) => headers[key] ?? [])
  return values.length > 0 ? values : undefined
}
