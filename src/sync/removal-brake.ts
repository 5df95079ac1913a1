import { assertBoolean, assertInteger } from '../internal/assert.ts'

/** The brake of a sync with `prune: true`: a list that is wrong by mistake must not remove a whole fleet of accounts. */
export interface RemovalBrakeOptions {
  /**
   * How many subscriptions `prune` may remove in one sync: 0 or more. If there are more to remove, none is removed, and the
   * plan and the result report them as `withheld`.
   *
   * @defaultValue the larger of 10 and a tenth of the subscriptions that exist
   */
  readonly maxRemovals?: number | undefined
  /**
   * Whether an empty list may remove subscriptions. Without it, a list that is empty by mistake, such as the answer of a
   * database without rows, removes nothing. `maxRemovals` applies as well.
   *
   * @defaultValue false
   */
  readonly allowEmpty?: boolean | undefined
}

/** Removals that a sync with `prune: true` did not make, because they may be a mistake. */
export interface WithheldRemovals {
  /** `empty_list`: the list is empty, and `allowEmpty` is not `true`. `too_many`: there are more than `maxRemovals`. */
  readonly reason: 'empty_list' | 'too_many'
  /** How many subscriptions would have been removed. */
  readonly count: number
  /** How many `maxRemovals` allows. */
  readonly limit: number
}

/** Checks the two options. */
export function assertBrakeOptions({ maxRemovals, allowEmpty }: RemovalBrakeOptions): void {
  if (maxRemovals !== undefined) assertInteger(maxRemovals, 'maxRemovals')
  if (allowEmpty !== undefined) assertBoolean(allowEmpty, 'allowEmpty')
}

/** Why the removals of a sync are not made. `undefined` when they are. */
export function withheldRemovals(
  counts: { readonly removals: number; readonly existing: number; readonly isListEmpty: boolean },
  { maxRemovals, allowEmpty = false }: RemovalBrakeOptions,
): WithheldRemovals | undefined {
  const { removals: count, existing, isListEmpty } = counts
  const limit = maxRemovals ?? Math.max(10, Math.floor(existing / 10))
  if (count === 0) return undefined
  if (isListEmpty && !allowEmpty) return { reason: 'empty_list', count, limit }
  return count > limit ? { reason: 'too_many', count, limit } : undefined
}
