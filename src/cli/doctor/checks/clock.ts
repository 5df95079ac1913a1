import { type CheckResult, doubtful, fail, pass, skipped } from '../finding.ts'

/** The time that a server named in its `date` header, and the time of this machine then. */
export interface TimeSample {
  /** The `date` header. */
  readonly date: string | undefined
  /** When the request was started, in milliseconds since 1970. */
  readonly startedAt: number
  /** Milliseconds from the start of the request to the end of the answer. */
  readonly durationMs: number
}

const doubtfulMs = 30_000
const failMs = 5 * 60_000

/**
 * The clock of this machine must agree with that of the server: OAuth 1.0a timestamps and replay windows depend on it. The
 * fastest answer decides, because it is the most exact.
 */
export function checkClock(samples: readonly TimeSample[], server: string): CheckResult {
  const skews = [...samples]
    .sort((a, b) => a.durationMs - b.durationMs)
    .flatMap(({ date, startedAt, durationMs }) => {
      // The header has whole seconds: on average, its time is half a second ago.
      const skewMs = date === undefined ? Number.NaN : startedAt + durationMs / 2 - (Date.parse(date) + 500)
      return Number.isFinite(skewMs) ? [skewMs] : []
    })
  const [skewMs] = skews
  if (skewMs === undefined) return skipped(`${server} sends no valid date header`)
  const seconds = Math.round(Math.abs(skewMs) / 1_000)
  const seen = seconds < 2 ? `agrees with ${server}` : `${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} ${server}`
  const fix = `Synchronise the clocks with NTP. X refuses OAuth 1.0a timestamps that are minutes away.`
  if (Math.abs(skewMs) > failMs) return fail(seen, fix)
  return Math.abs(skewMs) > doubtfulMs ? doubtful(seen, fix) : pass(seen)
}
