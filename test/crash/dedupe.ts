import { join } from 'node:path'
import { openLedger } from './ledger.ts'
import { killAgainAndAgain, type Lives, liveToTheEnd } from './lives.ts'
import type { CrashOptions, CrashReport } from './report.ts'

/**
 * Kills processes that share a dedupe store in SQLite, and that are both given every event.
 *
 * What has to hold: an event whose `commit` had returned is not handled again; one whose owner was killed is handled by
 * somebody else. An event whose owner was killed between its effect and the commit is handled again: at most one for each
 * kill, because each process is at one event at a time.
 */
export async function crashDedupeStore({ folder, kills, random }: CrashOptions): Promise<CrashReport> {
  const [storePath, ledgerPath] = [join(folder, 'dedupe.db'), join(folder, 'dedupe-ledger.db')]
  // More than can be handled while there are kills, so that the last one finds something to interrupt.
  const events = kills * 25
  const claimed = new Set<string>()
  const committed = new Set<string>()
  let claimedAgain = 0

  const lives: Lives = {
    program: new URL('dedupe-program.ts', import.meta.url),
    args: [storePath, ledgerPath, String(events)],
    kills,
    atATime: 2,
    random,
    onLine(line) {
      const [what, id = ''] = line.split(' ')
      if (what === 'claimed') claimed.add(id)
      if (what === 'committed') committed.add(id)
      if (what === 'claimed' && committed.has(id)) claimedAgain += 1
    },
  }
  await killAgainAndAgain(lives)
  const beforeTheEnd = committed.size
  const isFinished = await liveToTheEnd(lives)

  const ledger = openLedger(ledgerPath)
  const effects = ledger.effects()
  const { all, inOneLife } = ledger.repetitions()
  ledger.close()
  return {
    title: `Dedupe store in SQLite: ${kills} kills, two processes at a time, one event at a time in each`,
    counts: [
      { name: 'last lives that were not finished within a minute', count: isFinished ? 0 : 1, max: 0 },
      { name: 'events handled between the kills', count: beforeTheEnd, min: kills },
      { name: 'events never handled', count: events - effects.length, max: 0 },
      { name: 'events handled again after their commit', count: claimedAgain, max: 0 },
      { name: 'effects tried again, because a kill came between the effect and the commit', count: all, max: kills },
      { name: 'effects tried twice by one process', count: inOneLife, max: 0 },
    ],
  }
}
