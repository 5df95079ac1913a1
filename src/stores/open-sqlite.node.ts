import { closeSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { DatabaseSync } from 'node:sqlite'
import { assertOneOf, assertText } from '../internal/assert.ts'
import type { Awaitable } from '../internal/awaitable.ts'
import { sleep } from '../internal/timers.ts'

/** The database file of a store. */
export interface SqliteOptions {
  /**
   * The path of the file. It is created if it does not exist, in an existing directory. Several stores of this package may
   * share one file. With `:memory:` the data is lost when the store is closed.
   */
  readonly path: string
  /**
   * What survives a power failure. With `full`, everything does that a call has resolved for. With `normal`, which is
   * several times faster, the last changes may be missing. Both survive a crash of the process.
   *
   * @defaultValue `full`
   */
  readonly synchronous?: 'full' | 'normal' | undefined
}

/** Tables that are created and upgraded together. */
export interface Schema {
  readonly name: string
  /** SQL statements: the first one creates the tables, and each following one upgrades them by one version. */
  readonly steps: readonly string[]
}

/** How long opening a file waits while another process writes. It blocks the event loop, once when the process starts. */
const openTimeoutMs = 5000

/** How long a call may block the event loop while another process writes. */
const blockingMs = 25

/** How long a call waits in all while another process writes. A receiver does not wait longer than `storeTimeoutMs`. */
const longestWaitMs = 5000

/**
 * Opens a database that several processes may use, and upgrades its tables to the latest version. Use it through
 * {@link createSqliteCaller}.
 *
 * @throws TypeError or RangeError when an option is of the wrong type or out of range.
 * @throws Error when this runtime has no `node:sqlite`, or a newer version of this package wrote the file.
 */
export function openSqlite({ path, synchronous = 'full' }: SqliteOptions, schema: Schema): DatabaseSync {
  assertText(path, 'path')
  assertOneOf(synchronous, ['full', 'normal'], 'synchronous')
  const { DatabaseSync } = loadSqlite()
  if (path !== ':memory:') createPrivateFile(path)
  const database = new DatabaseSync(path)
  try {
    database.exec(`PRAGMA busy_timeout = ${openTimeoutMs}; PRAGMA synchronous = ${synchronous}`)
    useWriteAheadLog(database)
    inTransaction(database, () => upgrade(database, schema))
    database.exec(`PRAGMA busy_timeout = ${blockingMs}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Calls a database: returns what the step returns, or a promise of it while another process holds the lock of the file. */
export type SqliteCaller = <T>(step: () => T) => Awaitable<T>

/**
 * Creates a function that calls a database without blocking the event loop for long. `node:sqlite` is synchronous, so a call
 * that meets a lock blocks for up to 25 ms. Then it is tried again with timers, without blocking, for up to five seconds.
 * Calls that are made in the meantime wait behind it, so that calls keep their order and do not block one after the other.
 *
 * A step must be one statement or one transaction. It is run again after the database refused it.
 */
export function createSqliteCaller(database: DatabaseSync): SqliteCaller {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const setTimeoutMs = (ms: number) => {
    // A database that was closed refuses this. The step that is next reports that.
    try {
      database.exec(`PRAGMA busy_timeout = ${ms}`)
    } catch {}
  }

  const wait = <T>(step: () => T): Promise<T> => {
    const giveUpAt = performance.now() + longestWaitMs
    if (waiting === 0) setTimeoutMs(0)
    waiting += 1
    const result = last.then(() => retryWhileBusy(step, giveUpAt))
    last = result
      .catch(() => undefined)
      .then(() => {
        waiting -= 1
        if (waiting === 0) setTimeoutMs(blockingMs)
      })
    return result
  }

  return (step) => {
    if (waiting > 0) return wait(step)
    try {
      return step()
    } catch (error) {
      if (!isBusy(error)) throw error
      return wait(step)
    }
  }
}

/** The longest time between two attempts, in milliseconds. */
const longestDelayMs = 50

async function retryWhileBusy<T>(step: () => T, giveUpAt: number): Promise<T> {
  for (let delayMs = 5; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
    try {
      return step()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= giveUpAt) throw error
    }
    await sleep(delayMs)
  }
}

/** Whether SQLite has refused a statement because another connection holds a lock: SQLITE_BUSY, or a variant of it. */
function isBusy(error: unknown): boolean {
  const { errcode } = Object(error) as { readonly errcode?: unknown }
  return typeof errcode === 'number' && (errcode & 0xff) === busyCode
}

/** The SQLite error code `SQLITE_BUSY`. The extended codes have it in their lowest byte: https://sqlite.org/rescode.html */
const busyCode = 5

/**
 * Turns on the write-ahead log, so that readers and a writer do not block each other. When two processes open a new file
 * at the same time, SQLite ignores `busy_timeout` here and refuses one of them, so the statement is tried again.
 */
export function useWriteAheadLog(database: DatabaseSync, attempts: number = openTimeoutMs / 20): void {
  try {
    database.exec('PRAGMA journal_mode = WAL')
  } catch (error) {
    if (attempts <= 1 || !isBusy(error)) throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    useWriteAheadLog(database, attempts - 1)
  }
}

/** Runs a function in a transaction: all of its changes are made or none, and no other process writes during it. */
export function inTransaction<T>(database: DatabaseSync, step: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = step()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // After some errors SQLite has rolled back by itself, and this fails. The first error is the one to report.
    try {
      database.exec('ROLLBACK')
    } catch {}
    throw error
  }
}

/** Loads the module when a store is created: Node.js before 22.13 has it behind a flag, other runtimes may not have it. */
function loadSqlite(): typeof import('node:sqlite') {
  try {
    return createRequire(import.meta.url)('node:sqlite')
  } catch (cause) {
    throw new Error(
      'This runtime has no "node:sqlite". ' +
        'Use Node.js 22.13 or later (or 22.12 with --experimental-sqlite), or another store.',
      { cause },
    )
  }
}

/** Only the owner may read a new file: deliveries contain private messages. SQLite uses the same mode for its log files. */
function createPrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}

function upgrade(database: DatabaseSync, { name, steps }: Schema): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS x_account_activity (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT',
  )
  const row = database.prepare('SELECT version FROM x_account_activity WHERE name = ?').get(name)
  const version = Number(row?.version ?? 0)
  if (version > steps.length) {
    throw new Error(
      `The ${name} in this file has version ${version}, but this program supports versions up to ${steps.length}. ` +
        'Update x-account-activity.',
    )
  }
  for (const step of steps.slice(version)) database.exec(step)
  database
    .prepare('INSERT INTO x_account_activity VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version')
    .run(name, steps.length)
}
