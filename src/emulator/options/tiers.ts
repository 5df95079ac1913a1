import { assertInteger, assertOneOf } from '../../internal/assert.ts'
import type { RateLimitSettings } from '../api/rate-limits.ts'
import { assertKeys } from './assert-options.ts'

/** What an account of X has bought; it sets the limits. */
export type Tier = 'enterprise' | 'pay-per-use' | 'premium' | 'sandbox'

/** How much an account may have, over all of its apps, and how often they may call. */
export interface Limits {
  /** Webhooks at a time. */
  readonly webhooks: number
  /** Subscribed users; one who is subscribed to several webhooks counts once. */
  readonly subscriptions: number
  /** Calls in 15 minutes: as X documents them unless given. */
  readonly rate: RateLimitSettings
}

const tiers = ['enterprise', 'pay-per-use', 'premium', 'sandbox'] as const satisfies readonly Tier[]

// X names 5 webhooks and 5000 subscriptions as where enterprise contracts begin, and no numbers for paid premium.
const defaultLimits = {
  enterprise: { webhooks: 5, subscriptions: 5000 },
  'pay-per-use': { webhooks: 1, subscriptions: 3 },
  premium: { webhooks: 3, subscriptions: 250 },
  sandbox: { webhooks: 1, subscriptions: 15 },
} as const satisfies Record<Tier, Omit<Limits, 'rate'>>

export function readTier(tier: unknown = 'enterprise'): Tier {
  assertOneOf(tier, tiers, 'tier')
  return tier
}

/** The limits of a tier, with those replaced that are given. */
export function readLimits(tier: Tier, limits: Partial<Limits> = {}): Limits {
  assertKeys(limits, ['webhooks', 'subscriptions', 'rate'], 'limits')
  const {
    webhooks = defaultLimits[tier].webhooks,
    subscriptions = defaultLimits[tier].subscriptions,
    rate = {},
  } = limits
  assertInteger(webhooks, 'limits.webhooks')
  assertInteger(subscriptions, 'limits.subscriptions')
  return { webhooks, subscriptions, rate }
}
