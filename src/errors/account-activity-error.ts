/** Marks the errors of this package. Unlike `instanceof`, it also works if two copies of the package are loaded. */
export const brand: unique symbol = Symbol.for('x-account-activity.error')

/** The `code` of each error class. */
export type ErrorCode = 'api' | 'transport' | 'response' | 'verification' | 'replay_window'

/**
 * The base class of the errors that this package throws. Use a `switch` over `code` to tell the subclasses apart. A
 * wrong argument is not one of these errors: it throws a `TypeError` or a `RangeError`.
 *
 * No error contains a secret: not in its message, its fields or its `cause`, and not when it is inspected.
 */
export abstract class AccountActivityError extends Error {
  /** @param message - Only its first 1,000 characters are kept, because parts of it may come from a server. */
  constructor(message: string, options?: ErrorOptions) {
    super(shorten(message), options)
  }

  /** The class of the error, as a text that also works across two copies of the package. */
  abstract readonly code: ErrorCode

  /** Marks the error for the guards. */
  get [brand](): true {
    return true
  }

  /** Returns the fields, the name and the message for a structured log, without `stack` and `cause`. */
  toJSON(): Record<string, unknown> {
    return { ...Object.fromEntries(Object.entries(this)), name: this.name, message: this.message }
  }
}

const maxMessageLength = 1_000

/** The text in at most 1,000 characters. */
export function shorten(text: string): string {
  return text.length <= maxMessageLength ? text : `${text.slice(0, maxMessageLength - 1).toWellFormed()}…`
}
