import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openEffectLog } from './effect-log.ts'
import { type KilledProgram, killRepeatedly, runToTheEnd } from './kill-repeatedly.ts'
import type { CrashOptions, CrashReport } from './report.ts'

const concurrency = 4

/**
 * Kills processes that add items to one inbox in SQLite and handle them.
 *
 * What must be true: an item is handled once its `add` has returned, it is not handed out again after the inbox has recorded
 * its end, and the items of an ordering key take effect in the order in which they were added. An item that was in progress
 * during a kill is handed out again, also when it had taken effect: at most as many as were in progress.
 */
export async function crashInbox({ folder, kills, random }: CrashOptions): Promise<CrashReport> {
  const [inboxPath, logPath] = [join(folder, 'inbox.db'), join(folder, 'inbox-log.db')]
  const added = new Set<string>()
  const finished = new Set<string>()
  const errors: string[] = []
  let startedAgain = 0

  const program: KilledProgram = {
    program: new URL('inbox-program.ts', import.meta.url),
    args: [inboxPath, logPath],
    workingLine: 'added',
    kills,
    processes: 2,
    random,
    onLine(line) {
      const [what, id = ''] = line.split(' ')
      if (what === 'added') added.add(id)
      if (what === 'finished') finished.add(id)
      if (what === 'started' && finished.has(id)) startedAgain += 1
      if (what === 'error') errors.push(line)
    },
  }
  await killRepeatedly(program)
  const isFinished = await runToTheEnd(program)

  const log = openEffectLog(logPath)
  const effects = log.effects()
  const { all, inOneRun } = log.repetitions()
  log.close()
  const lost = [...added].filter((id) => !effects.includes(id)).length
  return {
    title: `Inbox in SQLite: ${kills} kills, two processes at a time, ${concurrency} items at a time in each`,
    counts: [
      { name: 'last runs that did not end within a minute', count: isFinished ? 0 : 1, max: 0 },
      { name: 'items whose add has returned', count: added.size, min: kills },
      {
        name: 'items that took effect, including those whose process was killed during the add',
        count: effects.length,
      },
      { name: 'items lost', count: lost, max: 0 },
      { name: 'items handed out again after the inbox recorded their end', count: startedAgain, max: 0 },
      {
        name: 'effects attempted again, because of a kill between the effect and its record',
        count: all,
        max: kills * concurrency,
      },
      { name: 'effects attempted twice by one process', count: inOneRun, max: 0 },
      { name: 'items out of the order of their ordering key', count: outOfOrder(inboxPath, effects), max: 0 },
      { name: 'dead letters', count: deadLetters(inboxPath), max: 0 },
      { name: 'errors of the inbox', count: errors.length, max: 0 },
    ],
  }
}

function outOfOrder(path: string, effects: readonly string[]): number {
  const database = new DatabaseSync(path)
  const query = 'SELECT id, ordering_key FROM inbox_items WHERE ordering_key IS NOT NULL ORDER BY seq'
  const rows = database.prepare(query).all()
  database.close()
  const positions = new Map(effects.map((id, position) => [id, position]))
  const lastPositions = new Map<unknown, number>()
  return rows.filter(({ id, ordering_key: orderingKey }) => {
    const position = positions.get(String(id)) ?? -1
    const isLate = position < (lastPositions.get(orderingKey) ?? -1)
    lastPositions.set(orderingKey, position)
    return isLate
  }).length
}

function deadLetters(path: string): number {
  const database = new DatabaseSync(path)
  const row = database.prepare("SELECT COUNT(*) AS n FROM inbox_items WHERE state = 'dead'").get()
  database.close()
  return Number(row?.n)
}
