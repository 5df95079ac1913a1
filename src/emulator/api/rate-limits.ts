import { assertInteger, assertObject } from '../../internal/assert.ts'
import { minuteMs } from '../../internal/clock.ts'

/**
 * The number of calls in 15 minutes, for each app or user, by endpoint: `{ 'GET /2/webhooks': 5 }`. Other endpoints have the
 * limit that X documents, if any. `false` turns all rate limits off.
 */
export type RateLimitSettings = false | { readonly [endpoint: string]: number }

/** An endpoint, and the rate limit that X documents for it. */
export interface RateLimitedEndpoint {
  readonly method: string
  readonly path: string
  readonly rate?: number
}

/** The rate limit of a caller after a call. */
export interface RateStatus {
  readonly limit: number
  readonly remaining: number
  /** When the window ends: milliseconds since 1970. */
  readonly resetAt: number
  /** Whether this call exceeded the limit. */
  readonly exceeded: boolean
}

interface RateWindow {
  readonly endsAt: number
  calls: number
}

const windowMs = 15 * minuteMs
const maxWindows = 10_000

/** Counts calls in windows of 15 minutes. A window begins with its first call. */
export class RateLimits {
  readonly #limits: ReadonlyMap<string, number>
  readonly #windows = new Map<string, RateWindow>()

  constructor(endpoints: readonly RateLimitedEndpoint[], settings: RateLimitSettings) {
    this.#limits = settings === false ? new Map() : readLimits(endpoints, settings)
  }

  /** Counts a call. Returns `undefined` when the endpoint has no limit. */
  count(endpoint: RateLimitedEndpoint, caller: string, now: number): RateStatus | undefined {
    const limit = this.#limits.get(endpointName(endpoint))
    if (limit === undefined) return undefined
    const window = this.#window(`${endpointName(endpoint)} ${caller}`, now)
    const exceeded = window.calls >= limit
    if (!exceeded) window.calls += 1
    return { limit, remaining: limit - window.calls, resetAt: window.endsAt, exceeded }
  }

  #window(key: string, now: number): RateWindow {
    const open = this.#windows.get(key)
    if (open && now < open.endsAt) return open
    if (this.#windows.size >= maxWindows) this.#removeExpired(now)
    const window = { endsAt: now + windowMs, calls: 0 }
    this.#windows.set(key, window)
    return window
  }

  #removeExpired(now: number): void {
    for (const [key, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(key)
  }
}

/** The rate limit headers. The reset time is in seconds, rounded up. */
export function rateHeaders({ limit, remaining, resetAt }: RateStatus): [name: string, value: string][] {
  return [
    ['x-rate-limit-limit', String(limit)],
    ['x-rate-limit-remaining', String(remaining)],
    ['x-rate-limit-reset', String(Math.ceil(resetAt / 1000))],
  ]
}

function readLimits(endpoints: readonly RateLimitedEndpoint[], settings: unknown): Map<string, number> {
  assertObject(settings, 'limits.rate')
  const known = new Set(endpoints.map(endpointName))
  const limits = new Map(
    endpoints.flatMap((endpoint) => (endpoint.rate === undefined ? [] : [[endpointName(endpoint), endpoint.rate]])),
  )
  for (const [name, limit] of Object.entries(settings)) {
    if (!known.has(name)) throw new RangeError(`"limits.rate" must name endpoints with authentication, got '${name}'`)
    assertInteger(limit, `limits.rate['${name}']`)
    limits.set(name, limit)
  }
  return limits
}

function endpointName({ method, path }: RateLimitedEndpoint): string {
  return `${method} ${path}`
}
