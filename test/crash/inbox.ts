import { join } from 'node:path'
import { openEffectLog } from './effect-log.ts'
import { type KilledProgram, killRepeatedly, runToTheEnd } from './kill-repeatedly.ts'
import type { CrashOptions, CrashReport } from './report.ts'
import { openTestedInbox } from './tested-inbox.ts'

const concurrency = 4

/**
 * Kills processes that add items to one inbox and handle them.
 *
 * What must be true: an item is handled once its `add` has returned, it is not handed out again after the inbox has recorded
 * its end, and the items of an ordering key take effect in the order in which they were added. An item that was in progress
 * during a kill is handed out again, also when it had taken effect: at most as many as were in progress.
 *
 * @param address - The path of an SQLite file, or the URL of a PostgreSQL server with a table prefix as its fragment.
 */
export async function crashInbox(
  store: 'SQLite' | 'PostgreSQL',
  address: string,
  { folder, kills, random }: CrashOptions,
): Promise<CrashReport> {
  const logPath = join(folder, `inbox-log-${store}.db`)
  const added = new Set<string>()
  const finished = new Set<string>()
  const errors: string[] = []
  let startedAgain = 0

  const program: KilledProgram = {
    program: new URL('inbox-program.ts', import.meta.url),
    args: [address, logPath],
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
  const tested = openTestedInbox(address)
  const late = outOfOrder(await tested.ordered(), effects)
  const letters = await tested.inbox.deadLetters()
  await tested.close()
  const lost = [...added].filter((id) => !effects.includes(id)).length
  return {
    title: `Inbox in ${store}: ${kills} kills, two processes at a time, ${concurrency} items at a time in each`,
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
      { name: 'items out of the order of their ordering key', count: late, max: 0 },
      { name: 'dead letters', count: letters.length, max: 0 },
      { name: 'errors of the inbox', count: errors.length, max: 0 },
    ],
  }
}

function outOfOrder(
  rows: readonly { readonly id: string; readonly orderingKey: string }[],
  effects: readonly string[],
): number {
  const positions = new Map(effects.map((id, position) => [id, position]))
  const lastPositions = new Map<string, number>()
  return rows.filter(({ id, orderingKey }) => {
    const position = positions.get(id) ?? -1
    const isLate = position < (lastPositions.get(orderingKey) ?? -1)
    lastPositions.set(orderingKey, position)
    return isLate
  }).length
}
