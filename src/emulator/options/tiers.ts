import { assertInteger, assertOneOf } from '../../internal/assert.ts'
import type { RateLimitSettings } from '../api/rate-limits.ts'
import { assertKeys } from './assert-options.ts'

/** The access tier of the account. It sets the limits and the retry policy. */
export type Tier = 'enterprise' | 'pay-per-use' | 'premium' | 'sandbox'

/** Replaces single limits of the tier. The limits count for all apps of the account together. */
export interface LimitOptions {
  /**
   * The number of webhooks.
   *
   * @defaultValue 5 for `enterprise`, 3 for `premium`, 1 for `pay-per-use` and `sandbox`
   */
  readonly webhooks?: number | undefined
  /**
   * The number of subscribed users. A user who is subscribed to several webhooks counts once.
   *
   * @defaultValue 5000 for `enterprise`, 250 for `premium`, 15 for `sandbox`, 3 for `pay-per-use`
   */
  readonly subscriptions?: number | undefined
  /**
   * The number of subscriptions of the X Activity API: one for each event type of each user or keyword.
   *
   * @defaultValue 75_000 for `enterprise`, 1500 for all others
   */
  readonly activitySubscriptions?: number | undefined
  /**
   * The number of rules of the filtered stream.
   *
   * @defaultValue 25_000 for `enterprise`, 1000 for all others
   */
  readonly streamRules?: number | undefined
  /**
   * The length of a post that an app creates, in the way in which X counts it: an emoji and a Chinese character count
   * twice, and each link counts as 23 characters. For accounts with long posts, use 25_000.
   *
   * @defaultValue 280
   */
  readonly postLength?: number | undefined
  /**
   * The number of calls in 15 minutes. `false` turns all rate limits off.
   *
   * @defaultValue the rate limits that X documents
   */
  readonly rate?: RateLimitSettings | undefined
}

/** The limits that apply. */
export interface Limits {
  readonly webhooks: number
  readonly subscriptions: number
  readonly activitySubscriptions: number
  readonly streamRules: number
  readonly postLength: number
  readonly rate: RateLimitSettings
}

const tiers = ['enterprise', 'pay-per-use', 'premium', 'sandbox'] as const satisfies readonly Tier[]

// X documents 5 webhooks and 5000 subscriptions as the start of enterprise contracts, and no numbers for paid premium.
const defaultLimits = {
  enterprise: { webhooks: 5, subscriptions: 5000, activitySubscriptions: 75_000, streamRules: 25_000 },
  'pay-per-use': { webhooks: 1, subscriptions: 3, activitySubscriptions: 1500, streamRules: 1000 },
  premium: { webhooks: 3, subscriptions: 250, activitySubscriptions: 1500, streamRules: 1000 },
  sandbox: { webhooks: 1, subscriptions: 15, activitySubscriptions: 1500, streamRules: 1000 },
} as const satisfies Record<Tier, Omit<Limits, 'rate' | 'postLength'>>

export function readTier(tier: unknown = 'enterprise'): Tier {
  assertOneOf(tier, tiers, 'tier')
  return tier
}

/** The limits of a tier, with the given ones replaced. */
export function readLimits(tier: Tier, options: LimitOptions = {}): Limits {
  assertKeys(
    options,
    ['webhooks', 'subscriptions', 'activitySubscriptions', 'streamRules', 'postLength', 'rate'],
    'limits',
  )
  const {
    webhooks = defaultLimits[tier].webhooks,
    subscriptions = defaultLimits[tier].subscriptions,
    activitySubscriptions = defaultLimits[tier].activitySubscriptions,
    streamRules = defaultLimits[tier].streamRules,
    postLength = 280,
    rate = {},
  } = options
  assertInteger(webhooks, 'limits.webhooks')
  assertInteger(subscriptions, 'limits.subscriptions')
  assertInteger(activitySubscriptions, 'limits.activitySubscriptions')
  assertInteger(streamRules, 'limits.streamRules')
  assertInteger(postLength, 'limits.postLength', { min: 1, max: 25_000 })
  return { webhooks, subscriptions, activitySubscriptions, streamRules, postLength, rate }
}
