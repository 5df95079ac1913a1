/** Options of a crash test. */
export interface CrashOptions {
  /** The directory for its files. */
  readonly folder: string
  readonly kills: number
  /** Decides when to kill. It returns the same numbers for the same seed. */
  readonly random: () => number
}

/** The result of a crash test. */
export interface CrashReport {
  readonly title: string
  readonly counts: readonly Count[]
}

interface Count {
  readonly name: string
  readonly count: number
  /** The limits of `count`. */
  readonly min?: number
  readonly max?: number
}

/** Prints the counts. Returns whether all of them are within their limits. */
export function print({ title, counts }: CrashReport): boolean {
  console.log(`\n${title}\n`)
  for (const one of counts) {
    const { name, count, max, min } = one
    const bound = max !== undefined ? `at most ${max}` : min !== undefined ? `at least ${min}` : ''
    console.log(`${isAllowed(one) ? '  ' : '✘ '}${String(count).padStart(8)}  ${name}${bound && ` (${bound})`}`)
  }
  return counts.every(isAllowed)
}

function isAllowed({ count, min = 0, max = Number.POSITIVE_INFINITY }: Count): boolean {
  return count >= min && count <= max
}
