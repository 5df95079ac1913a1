/** What a crash test is given. */
export interface CrashOptions {
  /** A folder for its files. */
  readonly folder: string
  readonly kills: number
  /** When to kill; the same numbers for the same seed. */
  readonly random: () => number
}

/** What a crash test has counted. */
export interface CrashReport {
  readonly title: string
  readonly counts: readonly Count[]
}

interface Count {
  readonly name: string
  readonly count: number
  /** How few or many there may be. */
  readonly min?: number
  readonly max?: number
}

/** Prints the counts; tells whether all of them are as they may be. */
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
