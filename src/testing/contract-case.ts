/** One thing that a store has to do; rejects when it does not. */
export interface ContractCase {
  /** What it is, as a statement. */
  readonly name: string
  readonly run: () => Promise<void>
}

/** Fails unless both are the same JSON. */
export function assertSame(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [actual, expected].map((value) => JSON.stringify(value))
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`)
}

let lastNumber = 0

/** A name that nothing on any machine has had before. */
export function newName(): string {
  lastNumber += 1
  return `contract-${Date.now().toString(36)}-${crypto.randomUUID().slice(0, 8)}-${lastNumber}`
}
