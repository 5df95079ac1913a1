import { printable } from '../output/printable.ts'

/**
 * The result of a check.
 *
 * - `pass`: the point is right.
 * - `fail`: X refuses the webhook or the call because of it, or the endpoint is not safe.
 * - `doubtful`: it works now, but it may fail soon, or it could not be decided.
 * - `skipped`: the check was not made. `seen` says why.
 */
export type CheckStatus = 'pass' | 'fail' | 'doubtful' | 'skipped'

/** What a check found out. */
export interface CheckResult {
  /** The result. */
  readonly status: CheckStatus
  /** What was seen, in one line: values of the server, times, or why the check was skipped. It contains no secret. */
  readonly seen: string
  /** What to do. Absent when nothing has to be done. */
  readonly fix?: string
}

/** The result of a check, with its id. */
export interface Finding<Id extends string = string> extends CheckResult {
  /** The stable id of the check. The ids are listed in the guide about the doctor. */
  readonly id: Id
}

/** What the doctor prints with `--json`. */
export interface DoctorReport<Id extends string = string> {
  /** The URL that was tested. Absent when the credentials were tested. */
  readonly url?: string
  /** Whether no check failed. */
  readonly ok: boolean
  /** Every check, always in the same order. */
  readonly checks: readonly Finding<Id>[]
}

/** The point is right. */
export function pass(seen: string): CheckResult {
  return { status: 'pass', seen: toLine(seen) }
}

/** The point is wrong. */
export function fail(seen: string, fix: string): CheckResult {
  return { status: 'fail', seen: toLine(seen), fix }
}

/** The point works now, but may fail soon, or it could not be decided. */
export function doubtful(seen: string, fix: string): CheckResult {
  return { status: 'doubtful', seen: toLine(seen), fix }
}

/** The check was not made. */
export function skipped(seen: string, fix?: string): CheckResult {
  return { status: 'skipped', seen: toLine(seen), ...(fix !== undefined && { fix }) }
}

/**
 * Puts the results into the order of the titles. A check without a result is skipped.
 *
 * @param missing - Why checks have no result.
 */
export function createReport<Id extends string>(
  titles: Readonly<Record<Id, string>>,
  results: ReadonlyMap<Id, CheckResult>,
  missing: string,
): DoctorReport<Id> {
  const ids = Object.keys(titles) as Id[]
  const checks = ids.map((id) => ({ id, ...(results.get(id) ?? skipped(missing)) }))
  return { ok: checks.every(({ status }) => status !== 'fail'), checks }
}

const longestLine = 300

/** One line without control characters: what a server sends must not control the terminal. */
function toLine(text: string): string {
  const line = printable(text).trim()
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line
}
