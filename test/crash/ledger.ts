import { DatabaseSync } from 'node:sqlite'
import { writeAhead } from '../../src/stores/open-sqlite.node.ts'

/**
 * What a program with a database of its own makes of the events: an effect for each, written in one transaction with
 * the event's id. `runs` is how often that was tried.
 */
export function openLedger(path: string) {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL')
  writeAhead(database)
  database.exec(`CREATE TABLE IF NOT EXISTS effects (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE) STRICT;
    CREATE TABLE IF NOT EXISTS runs (id TEXT, life INTEGER) STRICT`)
  const addEffect = database.prepare('INSERT INTO effects (id) VALUES (?) ON CONFLICT (id) DO NOTHING')
  const addRun = database.prepare('INSERT INTO runs VALUES (?, ?)')
  return {
    write(id: string, life: number) {
      database.exec('BEGIN IMMEDIATE')
      addEffect.run(id)
      addRun.run(id, life)
      database.exec('COMMIT')
    },
    /** The ids of the effects, in the order in which they were written. */
    effects: () =>
      database
        .prepare('SELECT id FROM effects ORDER BY number')
        .all()
        .map(({ id }) => String(id)),
    /** How often a run came to its end that had done so before; and how often within one life. */
    repetitions: () => ({
      all: count(database, 'SELECT COUNT(*) - COUNT(DISTINCT id) AS n FROM runs'),
      inOneLife: count(
        database,
        'SELECT COUNT(*) AS n FROM (SELECT 1 FROM runs GROUP BY id, life HAVING COUNT(*) > 1)',
      ),
    }),
    close: () => database.close(),
  }
}

function count(database: DatabaseSync, query: string): number {
  return Number(database.prepare(query).get()?.n)
}
