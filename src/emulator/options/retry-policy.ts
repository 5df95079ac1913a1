import { kindOf } from '../../internal/assert.ts'
import { assertNumber } from './assert-options.ts'
import type { Tier } from './tiers.ts'

/**
 * When X attempts a failed delivery again:
 *
 * - `'four-hours'`: after 1, 2, 4, 8, 16, 32, 64 and 113 minutes
 * - `'five-minutes'`: after 3, 27 and 242 seconds, as v1.1 enterprise does
 * - `'none'`: never
 * - an array: the seconds before each further attempt
 */
export type RetryPolicy = 'four-hours' | 'five-minutes' | 'none' | readonly number[]

// X documents "several times over four hours", with growing gaps, for all paid tiers. It documents no gaps: these are
// the emulator's.
const fourHoursInMinutes = [1, 2, 4, 8, 16, 32, 64, 113]

const policies: ReadonlyMap<unknown, readonly number[]> = new Map([
  ['four-hours', fourHoursInMinutes.map((minutes) => minutes * 60)],
  ['five-minutes', [3, 27, 242]],
  ['none', []],
])

const defaultPolicies = {
  enterprise: 'four-hours',
  'pay-per-use': 'four-hours',
  premium: 'four-hours',
  sandbox: 'none',
} as const satisfies Record<Tier, RetryPolicy>

/** The time before each further attempt, in milliseconds. By default, the policy of the tier applies. */
export function readRetries(tier: Tier, policy: RetryPolicy = defaultPolicies[tier]): readonly number[] {
  return readSeconds(policy).map((seconds) => Math.round(seconds * 1000))
}

function readSeconds(policy: unknown): readonly number[] {
  const seconds = policies.get(policy)
  if (seconds !== undefined) return seconds
  if (typeof policy === 'string') {
    throw new RangeError(`"retries" must be ${[...policies.keys()].map((name) => `'${name}'`).join(', ')} or an array`)
  }
  if (!Array.isArray(policy)) throw new TypeError(`"retries" must be a string or an array, got ${kindOf(policy)}`)
  for (const [index, value] of policy.entries()) assertNumber(value, `retries[${index}]`)
  return policy
}
