/** The windows that a replay endpoint of X accepts. All values are in minutes before now. */
export interface ReplayRules {
  /** How old `from` and `to` may be: an integer of 1 or more. */
  readonly maxAgeMinutes: number
  /** How old `from` must be at least: an integer of 0 or more. */
  readonly minFromAgeMinutes: number
  /** How old `to` must be at least: an integer of 0 or more. */
  readonly minToAgeMinutes: number
}

/**
 * The rules of the v2 API: at most 24 hours ago; `from` at least 31 minutes ago, `to` at least 10 minutes ago.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export const v2ReplayRules: ReplayRules = { maxAgeMinutes: 24 * 60, minFromAgeMinutes: 31, minToAgeMinutes: 10 }

/** The rules of the legacy enterprise API (v1.1): those of v2, but at most five days ago. */
export const enterpriseReplayRules: ReplayRules = { ...v2ReplayRules, maxAgeMinutes: 5 * 24 * 60 }
