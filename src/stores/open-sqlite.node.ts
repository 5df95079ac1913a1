import { closeSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { DatabaseSync } from 'node:sqlite'
import { assertOneOf, assertText } from '../internal/assert.ts'

/** Where a store keeps its tables, and how safely. */
export interface SqliteOptions {
  /** The file, made when it is not there; other stores of this package may share it. `:memory:` lasts as long as the store. */
  readonly path: string
  /**
   * What survives what. `full`, unless set: whatever a call has resolved for survives a crash of the process and a power
   * cut. `normal` is several times as quick: it survives a crash of the process, but after a power cut the last moments
   * may be missing.
   */
  readonly synchronous?: 'full' | 'normal'
}

/** Tables that belong together, and the steps that lead to their newest form. */
export interface Schema {
  readonly name: string
  /** The first makes the tables; each further one changes what the one before left. */
  readonly steps: readonly string[]
}

/** How long a call waits while another process writes. */
const busyTimeoutMs = 5000

/**
 * Opens a database for several processes at a time, and brings its tables up to date.
 *
 * @throws Error when this runtime has no `node:sqlite`, or the file was written by a newer version of this package.
 */
export function openSqlite({ path, synchronous = 'full' }: SqliteOptions, schema: Schema): DatabaseSync {
  assertText(path, 'path')
  assertOneOf(synchronous, ['full', 'normal'], 'synchronous')
  const { DatabaseSync } = loadSqlite()
  if (path !== ':memory:') keepPrivate(path)
  const database = new DatabaseSync(path)
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA synchronous = ${synchronous}`)
    writeAhead(database)
    inTransaction(database, () => bringUpToDate(database, schema))
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

const busy = 5

/**
 * Readers and a writer at the same time. Of two processes that open a new file at once, SQLite lets neither wait for the
 * other here, whatever the time to wait: one of them is refused, and has to come again.
 */
export function writeAhead(database: DatabaseSync, attempts: number = busyTimeoutMs / 20): void {
  try {
    database.exec('PRAGMA journal_mode = WAL')
  } catch (error) {
    if (attempts <= 1 || (error as { errcode?: unknown }).errcode !== busy) throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    writeAhead(database, attempts - 1)
  }
}

/** Does a step wholly or not at all, with nobody else writing meanwhile. */
export function inTransaction<T>(database: DatabaseSync, step: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = step()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite has rolled back by itself where it says that no transaction is open; the first error is the one to tell.
    try {
      database.exec('ROLLBACK')
    } catch {}
    throw error
  }
}

/** Loaded when it is needed: Node.js before 22.13 has it behind a flag, other runtimes may not have it. */
function loadSqlite(): typeof import('node:sqlite') {
  try {
    return createRequire(import.meta.url)('node:sqlite')
  } catch (cause) {
    throw new Error(
      'There is no "node:sqlite" here: use Node.js 22.13 or later (22.12 with --experimental-sqlite), or another store',
      { cause },
    )
  }
}

/** Deliveries hold private messages: a new file is for its owner only. SQLite gives the files beside it the same mode. */
function keepPrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}

function bringUpToDate(database: DatabaseSync, { name, steps }: Schema): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS x_account_activity (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT',
  )
  const row = database.prepare('SELECT version FROM x_account_activity WHERE name = ?').get(name)
  const version = Number(row?.version ?? 0)
  if (version > steps.length) {
    throw new Error(
      `The ${name} in this file is of version ${version}, newer than ${steps.length}: update x-account-activity`,
    )
  }
  for (const step of steps.slice(version)) database.exec(step)
  database
    .prepare('INSERT INTO x_account_activity VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version')
    .run(name, steps.length)
}
