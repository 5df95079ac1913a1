import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { inTransaction } from '../open-sqlite.node.ts'
import type { DeadLetter, NewInboxItem } from './inbox.ts'
import type { TimedInboxSettings } from './inbox-options.ts'
import type { InboxStorage, TakenItem } from './inbox-storage.ts'
import * as queries from './sqlite-inbox-queries.ts'

/** What {@link createSqliteInboxStorage} needs to know. */
export interface SqliteInboxStorageSettings
  extends Pick<TimedInboxSettings, 'now' | 'backoff' | 'maxAttempts' | 'retentionMs'> {
  readonly claimTtlMs: number
}

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
    moveUp: database.prepare(queries.moveUp),
    deadLetters: database.prepare(queries.deadLetters),
    revive: database.prepare(queries.revive),
    discard: database.prepare(queries.discard),
  }

  const bury = ({ key, item }: TakenItem, error: string) => {
    sql.giveUp.run({ key, owner, attempt: item.attempt, maxAttempts, now: now(), error })
    moveUpLane(item.orderingKey)
  }

  const moveUpLane = (lane: string | undefined) => {
    if (lane !== undefined) sql.moveUp.run({ lane })
  }

  return {
    add: (items) =>
      inTransaction(database, () => {
        sql.forgetSome.run(now() - retentionMs)
        for (const { id, orderingKey = null, body, receivedAt } of items) {
          sql.forgetOne.run(id, now() - retentionMs)
          sql.add.run({ id, lane: orderingKey, body, receivedAt, now: now() })
        }
      }),
    nextDueAt(underWay) {
      const row = sql.firstDue.get({ underWay: asJson(underWay) })
      return row === undefined ? undefined : Number(row.due_at)
    },
    take: (limit, underWay) =>
      inTransaction(database, () => {
        const claimedUntil = now() + claimTtlMs
        const rows = sql.take.all({ owner, claimedUntil, now: now(), underWay: asJson(underWay), limit })
        const taken = rows.map(toTaken).sort((a, b) => a.key - b.key)
        const isWornOut = ({ item }: TakenItem) => item.attempt > maxAttempts
        for (const one of taken.filter(isWornOut)) bury(one, 'its process ended during the last attempt')
        return taken.filter((one) => !isWornOut(one))
      }),
    renew(underWay) {
      sql.renew.run({ owner, claimedUntil: now() + claimTtlMs, underWay: asJson(underWay) })
    },
    finish: ({ key, item }) =>
      inTransaction(database, () => {
        sql.finish.run({ key, now: now() })
        moveUpLane(item.orderingKey)
      }),
    fail: (taken, error) =>
      inTransaction(database, () => {
        const { attempt } = taken.item
        if (attempt >= maxAttempts) bury(taken, error)
        else sql.putBack.run({ key: taken.key, owner, attempt, dueAt: now() + backoff(attempt) })
      }),
    deadLetters: () => sql.deadLetters.all().map(toDeadLetter),
    retry: (id) => sql.revive.run({ id, now: now() }).changes > 0,
    discard: (id) => sql.discard.run(id).changes > 0,
    close: () => database.close(),
  }
}

type Row = Record<string, SQLOutputValue>

function asJson(keys: ReadonlySet<number>): string {
  return JSON.stringify([...keys])
}

function toTaken(row: Row): TakenItem {
  return { key: Number(row.seq), item: { ...toItem(row), attempt: Number(row.attempts) } }
}

function toDeadLetter(row: Row): DeadLetter {
  const error = String(row.error)
  return { ...toItem(row), attempts: Number(row.attempts), failedAt: Number(row.settled_at), error }
}

function toItem(row: Row): NewInboxItem {
  const item = { id: String(row.id), body: String(row.body), receivedAt: Number(row.received_at) }
  return typeof row.lane === 'string' ? { ...item, orderingKey: row.lane } : item
}
