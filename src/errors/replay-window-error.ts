import { AccountActivityError } from './account-activity-error.ts'

/** Which rule of a replay window is broken. */
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

/** One broken rule of a replay window. */
export interface ReplayWindowIssue {
  readonly code: ReplayWindowIssueCode
  /** What is wrong, and what would be accepted. */
  readonly message: string
}

/** X would not accept this replay window; every broken rule is listed. */
export class ReplayWindowError extends AccountActivityError {
  override readonly name = 'ReplayWindowError'
  readonly code = 'replay_window'
  readonly issues: readonly ReplayWindowIssue[]

  constructor(issues: readonly ReplayWindowIssue[]) {
    super(`X would not accept this replay window: ${issues.map((issue) => issue.message).join('; ')}`)
    this.issues = issues
  }
}
