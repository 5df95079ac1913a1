import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import type { Inbox } from '../../src/stores/inbox/inbox.ts'
import { createPostgresInbox } from '../../src/stores/inbox/postgres-inbox.ts'
import { createSqliteInbox } from '../../src/stores/inbox/sqlite-inbox.node.ts'
import { openRecordedItems } from './recorded-items.ts'

/** An inbox, and what the crash test reads from its tables. */
export interface TestedInbox {
  readonly inbox: Inbox
  /** Resolves when the inbox has recorded that an item is handled. */
  readonly isRecorded: (id: string) => Promise<void>
  readonly countPending: () => Promise<number>
  /** The items with an ordering key, in the order in which they were added. */
  readonly ordered: () => Promise<readonly { readonly id: string; readonly orderingKey: string }[]>
  readonly close: () => Promise<void>
}

const options = {
  // Crashes count as attempts, and there are many of them.
  maxAttempts: 1000,
  backoff: { baseMs: 1, maxMs: 10 },
  claimTtlMs: 3000,
  pollMs: 50,
}

/** @param address - The path of an SQLite file, or the URL of a PostgreSQL server with a table prefix as its fragment. */
export function openTestedInbox(address: string): TestedInbox {
  return address.startsWith('postgres') ? openPostgres(address) : openSqlite(address)
}

function openSqlite(path: string): TestedInbox {
  const inbox = createSqliteInbox({ path, ...options })
  const database = new DatabaseSync(path, { timeout: 1000 })
  const read = (query: string) => database.prepare(query).all()
  return {
    inbox,
    isRecorded: openRecordedItems(path),
    countPending: async () => Number(read(pending('inbox_items'))[0]?.n),
    ordered: async () => read(ordered('inbox_items')).map(toOrdered),
    close: async () => {
      await inbox.close()
      database.close()
    },
  }
}

function openPostgres(address: string): TestedInbox {
  const { hash, href } = new URL(address)
  const tablePrefix = hash.slice(1)
  const pool = new pg.Pool({ connectionString: href.slice(0, -hash.length), max: 4 })
  const inbox = createPostgresInbox({ client: pool, tablePrefix, ...options })
  const table = `${tablePrefix}_inbox`
  const read = async (query: string, values: unknown[] = []) => (await pool.query(query, values)).rows
  return {
    inbox,
    isRecorded: async (id) => {
      const isDone = async () => (await read(`SELECT state FROM ${table} WHERE id = $1`, [id]))[0]?.state === 'done'
      while (!(await isDone())) await setTimeout(1)
    },
    countPending: async () => Number((await read(pending(table)))[0]?.n),
    ordered: async () => (await read(ordered(table))).map(toOrdered),
    close: async () => {
      await inbox.close()
      await pool.end()
    },
  }
}

const pending = (table: string) => `SELECT COUNT(*) AS n FROM ${table} WHERE state IN ('queued', 'ready')`

const ordered = (table: string) => `SELECT id, ordering_key FROM ${table} WHERE ordering_key IS NOT NULL ORDER BY seq`

const toOrdered = (row: Record<string, unknown>) => ({ id: String(row.id), orderingKey: String(row.ordering_key) })
