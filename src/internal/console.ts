/** The start of every line that this package writes to the console, so that a reader knows where it comes from. */
const prefix = 'x-account-activity:'

/**
 * Writes to `console.error`: for errors when the caller gave no `onError`, and for warnings that say what to check.
 *
 * @param details - Texts, errors or other values, written after the prefix in this order.
 */
export function writeToConsole(...details: readonly unknown[]): void {
  console.error(prefix, ...details)
}
