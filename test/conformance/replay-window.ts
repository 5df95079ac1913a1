import type { Emulator } from './emulator.ts'

/**
 * Lets two hours pass, and gives the one that began a minute ago as a replay window, in the form of X: `yyyymmddhhmm`.
 * Windows are in whole minutes; that one more lets whatever just happened fall into it.
 */
export async function anHourToReplay(x: Emulator): Promise<readonly [from: string, to: string]> {
  const from = x.now() - 60_000
  await x.advance({ hours: 2 })
  return [minute(from), minute(from + 60 * 60_000)]
}

function minute(time: number): string {
  return new Date(time).toISOString().replaceAll(/\D/g, '').slice(0, 12)
}
