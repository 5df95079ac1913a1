import { join } from 'node:path'
import { openEffectLog } from './effect-log.ts'
import { type KilledProgram, killRepeatedly, runToTheEnd } from './kill-repeatedly.ts'
import type { CrashOptions, CrashReport } from './report.ts'

/**
 * Kills processes that share a dedupe store in SQLite and that both get every event.
 *
 * What must be true: an event is not handled again after its `commit` has returned, and an event whose owner was killed is
 * handled by another process. An event whose owner was killed between its effect and the commit is handled again: at most
 * one for each kill, because each process handles one event at a time.
 */
export async function crashDedupeStore({ folder, kills, random }: CrashOptions): Promise<CrashReport> {
  const [storePath, logPath] = [join(folder, 'dedupe.db'), join(folder, 'dedupe-log.db')]
  // More than can be handled between the kills, so that the last kill still interrupts something.
  const events = kills * 25
  const claimed = new Set<string>()
  const committed = new Set<string>()
  let claimedAgain = 0

  const program: KilledProgram = {
    program: new URL('dedupe-program.ts', import.meta.url),
    args: [storePath, logPath, String(events)],
    workingLine: 'claimed',
    kills,
    processes: 2,
    random,
    onLine(line) {
      const [what, id = ''] = line.split(' ')
      if (what === 'claimed') claimed.add(id)
      if (what === 'committed') committed.add(id)
      if (what === 'claimed' && committed.has(id)) claimedAgain += 1
    },
  }
  await killRepeatedly(program)
  const committedBetweenKills = committed.size
  const isFinished = await runToTheEnd(program)

  const log = openEffectLog(logPath)
  const effects = log.effects()
  const { all, inOneRun } = log.repetitions()
  log.close()
  return {
    title: `Dedupe store in SQLite: ${kills} kills, two processes at a time, one event at a time in each`,
    counts: [
      { name: 'last runs that did not end within a minute', count: isFinished ? 0 : 1, max: 0 },
      { name: 'events handled between the kills', count: committedBetweenKills, min: kills },
      { name: 'events never handled', count: events - effects.length, max: 0 },
      { name: 'events handled again after their commit', count: claimedAgain, max: 0 },
      { name: 'effects attempted again, because of a kill between the effect and the commit', count: all, max: kills },
      { name: 'effects attempted twice by one process', count: inOneRun, max: 0 },
    ],
  }
}
