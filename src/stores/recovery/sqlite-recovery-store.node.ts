import { assertObject } from '../../internal/assert.ts'
import { createSqliteCaller, openSqlite, type Schema, type SqliteOptions } from '../open-sqlite.node.ts'
import type { RecoveryStore } from './recovery-store.ts'

/** A recovery store in an SQLite file. */
export interface SqliteRecoveryStore extends RecoveryStore {
  /** Closes the file. Close the recovery first. */
  readonly close: () => void
}

const schema: Schema = {
  name: 'recovery store',
  steps: ['CREATE TABLE recovery_values (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;'],
}

const setValue = `
  INSERT INTO recovery_values VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`

/**
 * Creates a recovery store in an SQLite file, which the processes of one machine can share. The file may be that of a dedupe
 * store or of an inbox.
 *
 * It requires `node:sqlite`: Node.js 22.13 or later, or 22.12 with `--experimental-sqlite`.
 *
 * @throws TypeError or RangeError when an option is of the wrong type or out of range.
 * @throws Error when the file cannot be opened, or the runtime has no `node:sqlite`.
 *
 * @example
 * import { createSqliteRecoveryStore } from 'x-account-activity/stores/sqlite'
 *
 * const store = createSqliteRecoveryStore({ path: 'events.db' })
 */
export function createSqliteRecoveryStore(options: SqliteOptions): SqliteRecoveryStore {
  assertObject(options, 'options')
  const database = openSqlite(options, schema)
  const call = createSqliteCaller(database)
  const find = database.prepare('SELECT value FROM recovery_values WHERE key = ?')
  const set = database.prepare(setValue)
  const create = database.prepare('INSERT INTO recovery_values VALUES (?, ?) ON CONFLICT (key) DO NOTHING')
  const replace = database.prepare('UPDATE recovery_values SET value = ? WHERE key = ? AND value = ?')

  return {
    get: (key) =>
      call(() => {
        const value = find.get(key)?.value
        return value === undefined ? undefined : JSON.parse(String(value))
      }),
    set: (key, value) => call(() => void set.run(key, JSON.stringify(value))),
    compareAndSet: (key, before, after) =>
      call(() => {
        const text = JSON.stringify(after)
        const { changes } =
          before === undefined ? create.run(key, text) : replace.run(text, key, JSON.stringify(before))
        return Number(changes) > 0
      }),
    close: () => database.close(),
  }
}
