/** Marks our errors across two copies of the package, where `instanceof` would say no. */
export const brand: unique symbol = Symbol.for('x-account-activity.error')

/** What each class of error says in its `code`. */
export type ErrorCode = 'api' | 'transport' | 'response' | 'verification' | 'replay_window'

/**
 * The base of every error that this package throws on purpose, wrong arguments aside: those are a `TypeError` or a
 * `RangeError`. Its leaves are told apart by `code`, in a plain `switch`.
 *
 * No error carries a secret: not in its message, its fields or its `cause`, and not when it is inspected.
 */
export abstract class AccountActivityError extends Error {
  /** Which leaf this is. */
  abstract readonly code: ErrorCode

  get [brand](): true {
    return true
  }

  /** The error as plain data for a structured log; `JSON.stringify` calls it. Stack and cause stay behind. */
  toJSON(): Record<string, unknown> {
    return { ...Object.fromEntries(Object.entries(this)), name: this.name, message: this.message }
  }
}
