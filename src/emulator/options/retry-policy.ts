import { kindOf } from '../../internal/assert.ts'
import { assertNumber } from './assert-options.ts'
import type { Tier } from './tiers.ts'

/**
 * When X tries again to deliver what was not received: for four hours (after 1, 2, 4, 8, 16, 32, 64 and 113 minutes), for
 * five minutes (after 3, 27 and 242 seconds, as v1.1 enterprise does), not at all, or after as many seconds as given.
 */
export type RetryPolicy = 'four-hours' | 'five-minutes' | 'none' | readonly number[]

// X says "several times over four hours", in growing gaps, of all paid tiers, and gives no gaps: these are ours.
const minutesOfFourHours = [1, 2, 4, 8, 16, 32, 64, 113]

const policies: ReadonlyMap<unknown, readonly number[]> = new Map([
  ['four-hours', minutesOfFourHours.map((minutes) => minutes * 60)],
  ['five-minutes', [3, 27, 242]],
  ['none', []],
])

const defaultPolicies = {
  enterprise: 'four-hours',
  'pay-per-use': 'four-hours',
  premium: 'four-hours',
  sandbox: 'none',
} as const satisfies Record<Tier, RetryPolicy>

/** How long X waits before each further attempt, in milliseconds: as the tier has it unless given. */
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
