/** Enough to tell what happened; some errors carry whole documents. */
const longest = 1000

/** The message of whatever was thrown. */
export function errorText(error: unknown): string {
  return messageOf(error).slice(0, longest)
}

function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    // An object without a prototype, or with one that lies in wait.
    return 'an error that cannot be put into words'
  }
}
