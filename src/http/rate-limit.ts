import type { LimitKind, RateLimit } from '../errors/api-error.ts'
import { minuteMs } from '../internal/clock.ts'

/**
 * X counts calls in windows of 15 minutes, so a valid reset is not further away:
 * https://docs.x.com/x-api/fundamentals/rate-limits
 */
const windowMs = 15 * minuteMs
const dayMs = 24 * 60 * minuteMs
/** A reset may be rounded up, and the clock of this machine may be slow. */
const toleranceMs = minuteMs

/** The limit that a response is about. */
export interface ReadLimit {
  readonly kind: LimitKind
  readonly rateLimit: RateLimit
}

/**
 * Reads the limit that refused a call: a limit of 24 hours if it is used up, otherwise the one of 15 minutes.
 * `undefined` if no header has a valid value. The times are in the clock of this machine.
 */
export function readLimit(headers: Headers, now: number): ReadLimit | undefined {
  const days = (['app', 'user'] as const).flatMap((owner): ReadLimit[] => {
    const rateLimit = readHeaders(headers, `x-${owner}-limit-24hour`, now, dayMs)
    return rateLimit?.remaining === 0 ? [{ kind: `${owner}_24_hours`, rateLimit }] : []
  })
  // If both are used up, the one that resets later decides.
  const [day] = days.sort((a, b) => resetOf(b) - resetOf(a))
  const rateLimit = readRateLimit(headers, now)
  return day ?? (rateLimit && { kind: 'window', rateLimit })
}

function resetOf({ rateLimit }: ReadLimit): number {
  return rateLimit.resetAt?.getTime() ?? 0
}

/** Reads the limit of 15 minutes from the headers of a response. `undefined` if no header has a valid value. */
export function readRateLimit(headers: Headers, now: number): RateLimit | undefined {
  return readHeaders(headers, 'x-rate-limit', now, windowMs)
}

function readHeaders(headers: Headers, prefix: string, now: number, lengthMs: number): RateLimit | undefined {
  const limit = readInteger(headers.get(`${prefix}-limit`))
  const remaining = readInteger(headers.get(`${prefix}-remaining`))
  const reset = readInteger(headers.get(`${prefix}-reset`))
  const resetAt = reset === undefined ? undefined : resetTime(reset * 1000, { headers, now, lengthMs })
  if (limit === undefined && remaining === undefined && resetAt === undefined) return undefined
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetAt !== undefined && { resetAt }),
  }
}

/** The time at which X allows the next try. Only a 429 and a 5xx have one: other statuses do not change with time. */
export function readRetryAt({ status, headers }: { status: number; headers: Headers }, now: number): Date | undefined {
  if (status === 429) return readLimit(headers, now)?.rateLimit.resetAt ?? readRetryAfter(headers, now)
  return status >= 500 ? readRetryAfter(headers, now) : undefined
}

/** Reads `Retry-After`: seconds, or an HTTP date. `undefined` if the header is missing or malformed. */
function readRetryAfter(headers: Headers, now: number): Date | undefined {
  const text = headers.get('retry-after')?.trim() ?? ''
  const seconds = readInteger(text)
  if (seconds !== undefined) return validDate(now + seconds * 1000)
  const time = readHttpDate(text)
  return time === undefined ? undefined : new Date(time - clockDifference(headers, now))
}

/** Only the HTTP form is read: `Date.parse` also reads "-5" and "1.5", as years. */
function readHttpDate(text: string): number | undefined {
  const time = /^[A-Z][a-z]{2}, .{1,30} GMT$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/**
 * How far the clock of X is ahead of the clock of this machine, in milliseconds. The header `Date` has whole seconds, and
 * the response takes some time, so a small difference is ignored.
 */
function clockDifference(headers: Headers, now: number): number {
  const time = readHttpDate(headers.get('date')?.trim() ?? '')
  return time === undefined || (time >= now - 2_000 && time <= now + 1_000) ? 0 : time - now
}

function readInteger(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined
}

/**
 * A reset in the past, or later than the end of the current window, is ignored. The reset is read by the clock of X. A
 * server with a clock of its own for rate limits, such as a simulation, has no use for the header `Date`.
 */
function resetTime(
  time: number,
  { headers, now, lengthMs }: { readonly headers: Headers; readonly now: number; readonly lengthMs: number },
): Date | undefined {
  const local = [time - clockDifference(headers, now), time]
  const valid = local.find((candidate) => candidate >= now && candidate <= now + lengthMs + toleranceMs)
  return valid === undefined ? undefined : new Date(valid)
}

function validDate(time: number): Date | undefined {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? undefined : date
}
