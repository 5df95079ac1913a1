import { DatabaseSync } from 'node:sqlite'
import { useWriteAheadLog } from '../../src/stores/open-sqlite.node.ts'

/**
 * A database in which a program records the effect of each event, in one transaction with the id of the event. The table
 * `attempts` also contains the attempts to record an effect again.
 */
export function openEffectLog(path: string) {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL')
  useWriteAheadLog(database)
  database.exec(`CREATE TABLE IF NOT EXISTS effects (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE) STRICT;
    CREATE TABLE IF NOT EXISTS attempts (id TEXT, run INTEGER) STRICT`)
  const addEffect = database.prepare('INSERT INTO effects (id) VALUES (?) ON CONFLICT (id) DO NOTHING')
  const addAttempt = database.prepare('INSERT INTO attempts VALUES (?, ?)')
  return {
    write(id: string, run: number) {
      database.exec('BEGIN IMMEDIATE')
      addEffect.run(id)
      addAttempt.run(id, run)
      database.exec('COMMIT')
    },
    /** The ids of the effects, in the order in which they were recorded. */
    effects: () =>
      database
        .prepare('SELECT id FROM effects ORDER BY number')
        .all()
        .map(({ id }) => String(id)),
    /** How many effects were recorded again, and how many of those twice by one run of the program. */
    repetitions: () => ({
      all: count(database, 'SELECT COUNT(*) - COUNT(DISTINCT id) AS n FROM attempts'),
      inOneRun: count(
        database,
        'SELECT COUNT(*) AS n FROM (SELECT 1 FROM attempts GROUP BY id, run HAVING COUNT(*) > 1)',
      ),
    }),
    close: () => database.close(),
  }
}

function count(database: DatabaseSync, query: string): number {
  return Number(database.prepare(query).get()?.n)
}
