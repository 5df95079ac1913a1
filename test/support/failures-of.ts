import type { ContractCase } from 'x-account-activity/testing'

/** The names of the cases that fail. */
export async function failuresOf(contract: readonly ContractCase[]): Promise<string[]> {
  const names: string[] = []
  for (const { name, run } of contract) await run().catch(() => names.push(name))
  return names
}
