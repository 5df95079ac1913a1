/** One requirement of a contract, as a test case. */
export interface ContractCase {
  /** The requirement, as a statement: `remembers an event that was committed`. */
  readonly name: string
  /** Runs the case. Rejects when the store or inbox does not meet the requirement. */
  readonly run: () => Promise<void>
}

/** @throws Error when the two values are not the same JSON. */
export function assertSame(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [actual, expected].map((value) => JSON.stringify(value))
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`)
}

let lastNumber = 0

/** A name that was never used before, on any machine. */
export function newName(): string {
  lastNumber += 1
  return `contract-${Date.now().toString(36)}-${crypto.randomUUID().slice(0, 8)}-${lastNumber}`
}
