import { AccountActivityError } from './account-activity-error.ts'

/** The rule that a replay window breaks. `from_date` and `to_date` are the names that X uses for its ends. */
export type ReplayWindowIssueCode =
  | 'from_date_format'
  | 'to_date_format'
  | 'from_date_too_old'
  | 'from_date_too_recent'
  | 'from_date_in_future'
  | 'to_date_too_old'
  | 'to_date_too_recent'
  | 'to_date_in_future'
  | 'from_date_not_before_to_date'

/** One rule that a replay window breaks. */
export interface ReplayWindowIssue {
  /** The broken rule. */
  readonly code: ReplayWindowIssueCode
  /** What is wrong, and what X accepts. */
  readonly message: string
}

/**
 * X does not accept this replay window. `issues` lists every broken rule.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export class ReplayWindowError extends AccountActivityError {
  /** Always `'ReplayWindowError'`: the name of the class, also in minified code. */
  override readonly name = 'ReplayWindowError'
  /** Always `replay_window`. */
  readonly code = 'replay_window'
  /** Every broken rule: at least one. */
  readonly issues: readonly ReplayWindowIssue[]

  constructor(issues: readonly ReplayWindowIssue[]) {
    super(`X does not accept this replay window: ${issues.map((issue) => issue.message).join('; ')}.`)
    this.issues = issues
  }
}
