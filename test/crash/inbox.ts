import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openLedger } from './ledger.ts'
import { killAgainAndAgain, type Lives, liveToTheEnd } from './lives.ts'
import type { CrashOptions, CrashReport } from './report.ts'

const concurrency = 4

/**
 * Kills processes that add to one inbox in SQLite and work on it.
 *
 * What has to hold: an item whose `add` had returned is handled; one whose end the inbox has recorded is not handed out
 * again; the items of a lane take effect in the order they were added. An item that was under way at a kill comes again,
 * also when it had done its work already: at most as many as were under way.
 */
export async function crashInbox({ folder, kills, random }: CrashOptions): Promise<CrashReport> {
  const [inboxPath, ledgerPath] = [join(folder, 'inbox.db'), join(folder, 'ledger.db')]
  const added = new Set<string>()
  const finished = new Set<string>()
  const errors: string[] = []
  let begunAgain = 0

  const lives: Lives = {
    program: new URL('inbox-program.ts', import.meta.url),
    args: [inboxPath, ledgerPath],
    kills,
    atATime: 2,
    random,
    onLine(line) {
      const [what, id = ''] = line.split(' ')
      if (what === 'added') added.add(id)
      if (what === 'finished') finished.add(id)
      if (what === 'begun' && finished.has(id)) begunAgain += 1
      if (what === 'error') errors.push(line)
    },
  }
  await killAgainAndAgain(lives)
  const isFinished = await liveToTheEnd(lives)

  const ledger = openLedger(ledgerPath)
  const effects = ledger.effects()
  const { all, inOneLife } = ledger.repetitions()
  ledger.close()
  const lost = [...added].filter((id) => !effects.includes(id)).length
  return {
    title: `Inbox in SQLite: ${kills} kills, two processes at a time, ${concurrency} items at a time in each`,
    counts: [
      { name: 'last lives that were not finished within a minute', count: isFinished ? 0 : 1, max: 0 },
      { name: 'items whose add had returned', count: added.size, min: kills },
      { name: 'items that took effect, those included whose adder was killed meanwhile', count: effects.length },
      { name: 'items lost', count: lost, max: 0 },
      { name: 'items handed out again after the inbox knew their end', count: begunAgain, max: 0 },
      {
        name: 'effects tried again, because a kill came between the effect and its record',
        count: all,
        max: kills * concurrency,
      },
      { name: 'effects tried twice by one process', count: inOneLife, max: 0 },
      { name: 'items out of the order of their lane', count: outOfOrder(inboxPath, effects), max: 0 },
      { name: 'dead letters', count: deadLetters(inboxPath), max: 0 },
      { name: 'errors of the inbox', count: errors.length, max: 0 },
    ],
  }
}

function outOfOrder(path: string, effects: readonly string[]): number {
  const database = new DatabaseSync(path)
  const rows = database.prepare('SELECT id, lane FROM inbox_items WHERE lane IS NOT NULL ORDER BY seq').all()
  database.close()
  const places = new Map(effects.map((id, place) => [id, place]))
  const lastPlaces = new Map<unknown, number>()
  return rows.filter(({ id, lane }) => {
    const place = places.get(String(id)) ?? -1
    const isLate = place < (lastPlaces.get(lane) ?? -1)
    lastPlaces.set(lane, place)
    return isLate
  }).length
}

function deadLetters(path: string): number {
  const database = new DatabaseSync(path)
  const row = database.prepare("SELECT COUNT(*) AS n FROM inbox_items WHERE state = 'dead'").get()
  database.close()
  return Number(row?.n)
}
