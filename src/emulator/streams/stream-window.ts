import { hourMs, minuteMs } from '../../internal/clock.ts'
import type { Tier } from '../options/tiers.ts'

/** The events that a stream sends. Times are in milliseconds since 1970. */
export interface StreamWindow {
  /** Events before the connection are sent from this time on. Absent when none of them is sent. */
  readonly from?: number
  /** X closes the connection at this time. Absent when the stream has no end. */
  readonly to?: number
}

/** The parameters of a query that {@link readStreamWindow} reads. */
export const windowParameters = ['backfill_minutes', 'start_time', 'end_time'] as const
const maxAgeMs = 24 * hourMs

/**
 * Reads the query of a stream, or returns the problem with it in one sentence. X gives backfill and windows to enterprise
 * contracts only.
 *
 * @see https://docs.x.com/x-api/fundamentals/recovery-and-redundancy-features
 */
export function readStreamWindow(
  query: URLSearchParams,
  { tier, now }: { readonly tier: Tier; readonly now: number },
): StreamWindow | string {
  const [backfill, start, end] = windowParameters.map((name) => query.get(name)) as [
    string | null,
    string | null,
    string | null,
  ]
  if (backfill !== null && !/^[0-5]$/.test(backfill)) {
    return `The \`backfill_minutes\` query parameter value [${backfill}] is not between 0 and 5`
  }
  const given = windowParameters.find((name) => query.has(name) && query.get(name) !== '0')
  if (given !== undefined && tier !== 'enterprise') {
    return `The \`${given}\` query parameter is not authorized for this app`
  }
  const [startTime, endTime] = [readTime(start), readTime(end)]
  if (Number.isNaN(startTime)) return malformed('start_time', start)
  if (Number.isNaN(endTime)) return malformed('end_time', end)
  if (startTime !== undefined && startTime > now) return 'The `start_time` query parameter must not be in the future'
  if (startTime !== undefined && startTime < now - maxAgeMs) {
    return 'The `start_time` query parameter must not be more than 24 hours ago'
  }
  if (endTime !== undefined && endTime <= (startTime ?? now))
    return 'The `end_time` query parameter must be after `start_time`'
  const backfillFrom = Number(backfill) > 0 ? now - Number(backfill) * minuteMs : undefined
  const from = [startTime, backfillFrom].filter((time) => time !== undefined)
  return { ...(from.length > 0 && { from: Math.min(...from) }), ...(endTime !== undefined && { to: endTime }) }
}

/** A time in X's form `YYYY-MM-DDTHH:mm:ssZ`. `NaN` when it is malformed. */
function readTime(text: string | null): number | undefined {
  if (text === null) return undefined
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) || `${new Date(time).toISOString().slice(0, 19)}Z` !== text ? Number.NaN : time
}

function malformed(name: string, value: string | null): string {
  return `The \`${name}\` query parameter value [${value}] is not a time in the form YYYY-MM-DDTHH:mm:ssZ`
}
