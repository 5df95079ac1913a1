import type { RateLimit } from '../errors/api-error.ts'

/** X counts calls in windows of 15 minutes: a reset further away is not one. https://docs.x.com/x-api/fundamentals/rate-limits */
const windowMs = 15 * 60_000

/** What the headers of an answer say of its rate limit; `undefined` when they say nothing that makes sense. */
export function readRateLimit(headers: Headers, now: number): RateLimit | undefined {
  const limit = readCount(headers.get('x-rate-limit-limit'))
  const remaining = readCount(headers.get('x-rate-limit-remaining'))
  const reset = readCount(headers.get('x-rate-limit-reset'))
  const resetAt = reset === undefined ? undefined : resetTime(reset * 1000, now)
  if (limit === undefined && remaining === undefined && resetAt === undefined) return undefined
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetAt !== undefined && { resetAt }),
  }
}

/** When X asks to come again, after a status that lets hope for another answer later. */
export function readRetryAt({ status, headers }: { status: number; headers: Headers }, now: number): Date | undefined {
  if (status === 429) return readRateLimit(headers, now)?.resetAt ?? readRetryAfter(headers, now)
  return status >= 500 ? readRetryAfter(headers, now) : undefined
}

/** When `Retry-After` (seconds, or an HTTP date) says to come again; `undefined` when it is missing or garbled. */
function readRetryAfter(headers: Headers, now: number): Date | undefined {
  const text = headers.get('retry-after')?.trim() ?? ''
  const seconds = readCount(text)
  if (seconds !== undefined) return validDate(now + seconds * 1000)
  // Only the one form that HTTP writes: `Date.parse` also reads "-5" and "1.5" as some year.
  return /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? validDate(Date.parse(text)) : undefined
}

function readCount(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined
}

/** A reset that is past, or further than one window away, comes from another clock and tells nothing. */
function resetTime(time: number, now: number): Date | undefined {
  return time >= now && time <= now + windowMs ? new Date(time) : undefined
}

function validDate(time: number): Date | undefined {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? undefined : date
}
