import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { inTransaction } from '../open-sqlite.node.ts'
import type { DeadLetter, NewInboxItem } from './inbox.ts'
import type { TimedInboxSettings } from './inbox-options.ts'
import type { InboxStorage, TakenItem } from './inbox-storage.ts'
import * as queries from './sqlite-inbox-queries.ts'

/** Settings of {@link createSqliteInboxStorage}. */
export interface SqliteInboxStorageSettings
  extends Pick<TimedInboxSettings, 'now' | 'backoff' | 'maxAttempts' | 'retentionMs'> {
  readonly claimTtlMs: number
}

const diedDuringLastAttempt = 'The process ended during the last attempt.'

/** An inbox storage in the tables of {@link queries.inboxSchema}. */
export function createSqliteInboxStorage(database: DatabaseSync, settings: SqliteInboxStorageSettings): InboxStorage {
  const { now, backoff, maxAttempts, retentionMs, claimTtlMs } = settings
  const owner = crypto.randomUUID()
  const sql = {
    forgetOne: database.prepare(queries.forgetOne),
    forgetSome: database.prepare(queries.forgetSome),
    add: database.prepare(queries.add),
    firstDue: database.prepare(queries.firstDue),
    take: database.prepare(queries.take),
    renew: database.prepare(queries.renew),
    finish: database.prepare(queries.finish),
    putBack: database.prepare(queries.putBack),
    giveUp: database.prepare(queries.giveUp),
    makeNextReady: database.prepare(queries.makeNextReady),
    deadLetters: database.prepare(queries.deadLetters),
    retry: database.prepare(queries.retry),
    discard: database.prepare(queries.discard),
  }

  const giveUp = ({ key, item }: TakenItem, error: string) => {
    sql.giveUp.run({ key, owner, attempt: item.attempt, maxAttempts, now: now(), error })
    makeNextReady(item.orderingKey)
  }

  const makeNextReady = (orderingKey: string | undefined) => {
    if (orderingKey !== undefined) sql.makeNextReady.run({ orderingKey })
  }

  return {
    add: (items) =>
      inTransaction(database, () => {
        sql.forgetSome.run(now() - retentionMs)
        for (const { id, orderingKey = null, body, receivedAt } of items) {
          sql.forgetOne.run(id, now() - retentionMs)
          sql.add.run({ id, orderingKey, body, receivedAt, now: now() })
        }
      }),
    nextDueAt(keysInProgress) {
      const row = sql.firstDue.get({ keysInProgress: toJson(keysInProgress) })
      return row === undefined ? undefined : Number(row.due_at)
    },
    take: (limit, keysInProgress) =>
      inTransaction(database, () => {
        const claimedUntil = now() + claimTtlMs
        const keys = toJson(keysInProgress)
        const rows = sql.take.all({ owner, claimedUntil, now: now(), keysInProgress: keys, limit })
        const taken = rows.map(toTaken).sort((a, b) => a.key - b.key)
        const isUsedUp = ({ item }: TakenItem) => item.attempt > maxAttempts
        for (const one of taken.filter(isUsedUp)) giveUp(one, diedDuringLastAttempt)
        return taken.filter((one) => !isUsedUp(one))
      }),
    renew(keysInProgress) {
      sql.renew.run({ owner, claimedUntil: now() + claimTtlMs, keysInProgress: toJson(keysInProgress) })
    },
    finish: ({ key, item }) =>
      inTransaction(database, () => {
        sql.finish.run({ key, now: now() })
        makeNextReady(item.orderingKey)
      }),
    fail: (taken, error) =>
      inTransaction(database, () => {
        const { attempt } = taken.item
        if (attempt >= maxAttempts) giveUp(taken, error)
        else sql.putBack.run({ key: taken.key, owner, attempt, dueAt: now() + backoff(attempt) })
      }),
    deadLetters: () => sql.deadLetters.all().map(toDeadLetter),
    retry: (id) => sql.retry.run({ id, now: now() }).changes > 0,
    discard: (id) => sql.discard.run(id).changes > 0,
    close: () => database.close(),
  }
}

type Row = Record<string, SQLOutputValue>

function toJson(keys: ReadonlySet<number>): string {
  return JSON.stringify([...keys])
}

function toTaken(row: Row): TakenItem {
  return { key: Number(row.seq), item: { ...toItem(row), attempt: Number(row.attempts) } }
}

function toDeadLetter(row: Row): DeadLetter {
  const error = String(row.error)
  return { ...toItem(row), attempts: Number(row.attempts), failedAt: Number(row.ended_at), error }
}

function toItem(row: Row): NewInboxItem {
  const item = { id: String(row.id), body: String(row.body), receivedAt: Number(row.received_at) }
  return typeof row.ordering_key === 'string' ? { ...item, orderingKey: row.ordering_key } : item
}
