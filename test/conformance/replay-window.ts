import type { Emulator } from './emulator.ts'

/**
 * Advances the time by two hours, and returns a replay window of one hour that begins a minute before now, in the format of
 * X: `yyyymmddhhmm`. Windows have whole minutes, so the window contains what just happened.
 */
export async function createReplayWindow(x: Emulator): Promise<readonly [from: string, to: string]> {
  const from = x.now() - 60_000
  await x.advance({ hours: 2 })
  return [formatMinute(from), formatMinute(from + 60 * 60_000)]
}

function formatMinute(time: number): string {
  return new Date(time).toISOString().replaceAll(/\D/g, '').slice(0, 12)
}
