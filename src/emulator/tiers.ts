import { assertInteger, assertObject, assertOneOf } from '../internal/assert.ts'

/** What an account of X has bought; it sets the limits. */
export type Tier = 'enterprise' | 'pay-per-use' | 'premium' | 'sandbox'

/** How much an account may have, over all of its apps. */
export interface Limits {
  /** Webhooks at a time. */
  readonly webhooks: number
  /** Subscribed users; one who is subscribed to several webhooks counts once. */
  readonly subscriptions: number
}

// X names 5 webhooks and 5000 subscriptions as where enterprise contracts begin, and no numbers for paid premium.
const limitsOf = {
  enterprise: { webhooks: 5, subscriptions: 5000 },
  'pay-per-use': { webhooks: 1, subscriptions: 3 },
  premium: { webhooks: 3, subscriptions: 250 },
  sandbox: { webhooks: 1, subscriptions: 15 },
} as const satisfies Record<Tier, Limits>

const tiers = ['enterprise', 'pay-per-use', 'premium', 'sandbox'] as const

/** The limits of a tier, with those replaced that are given. */
export function readLimits(tier: unknown = 'enterprise', limits: Partial<Limits> = {}): Limits {
  assertOneOf(tier, tiers, 'tier')
  assertObject(limits, 'limits')
  const { webhooks = limitsOf[tier].webhooks, subscriptions = limitsOf[tier].subscriptions } = limits
  assertInteger(webhooks, 'limits.webhooks')
  assertInteger(subscriptions, 'limits.subscriptions')
  return { webhooks, subscriptions }
}
