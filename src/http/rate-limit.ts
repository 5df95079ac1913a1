import type { RateLimit } from '../errors/api-error.ts'
import { minuteMs } from '../internal/clock.ts'

/**
 * X counts calls in windows of 15 minutes, so a valid reset is not further away:
 * https://docs.x.com/x-api/fundamentals/rate-limits
 */
const windowMs = 15 * minuteMs

/** Reads the rate limit from the headers of a response. `undefined` if no header has a valid value. */
export function readRateLimit(headers: Headers, now: number): RateLimit | undefined {
  const limit = readInteger(headers.get('x-rate-limit-limit'))
  const remaining = readInteger(headers.get('x-rate-limit-remaining'))
  const reset = readInteger(headers.get('x-rate-limit-reset'))
  const resetAt = reset === undefined ? undefined : resetTime(reset * 1000, now)
  if (limit === undefined && remaining === undefined && resetAt === undefined) return undefined
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetAt !== undefined && { resetAt }),
  }
}

/** The time at which X allows the next try. Only a 429 and a 5xx have one: other statuses do not change with time. */
export function readRetryAt({ status, headers }: { status: number; headers: Headers }, now: number): Date | undefined {
  if (status === 429) return readRateLimit(headers, now)?.resetAt ?? readRetryAfter(headers, now)
  return status >= 500 ? readRetryAfter(headers, now) : undefined
}

/** Reads `Retry-After`: seconds, or an HTTP date. `undefined` if the header is missing or malformed. */
function readRetryAfter(headers: Headers, now: number): Date | undefined {
  const text = headers.get('retry-after')?.trim() ?? ''
  const seconds = readInteger(text)
  if (seconds !== undefined) return validDate(now + seconds * 1000)
  // Only the HTTP form is read: `Date.parse` also reads "-5" and "1.5", as years.
  return /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? validDate(Date.parse(text)) : undefined
}

function readInteger(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined
}

/** A reset in the past, or later than the end of the current window, comes from a wrong clock and is ignored. */
function resetTime(time: number, now: number): Date | undefined {
  return time >= now && time <= now + windowMs ? new Date(time) : undefined
}

function validDate(time: number): Date | undefined {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? undefined : date
}
