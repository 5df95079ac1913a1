/** What X demands of a replay window; all in minutes before now. */
export interface ReplayRules {
  /** How far back either end may reach. */
  readonly maxAgeMinutes: number
  /** How long ago `from` must be at least. */
  readonly minFromAgeMinutes: number
  /** How long ago `to` must be at least. */
  readonly minToAgeMinutes: number
}

/**
 * The rules of v2: 24 hours back, `from` no later than 31 minutes ago, `to` no later than 10 minutes ago.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export const v2ReplayRules: ReplayRules = { maxAgeMinutes: 24 * 60, minFromAgeMinutes: 31, minToAgeMinutes: 10 }

/** The rules of the legacy enterprise API (v1.1): the same, but five days back. */
export const enterpriseReplayRules: ReplayRules = { ...v2ReplayRules, maxAgeMinutes: 5 * 24 * 60 }
