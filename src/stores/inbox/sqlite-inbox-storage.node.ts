import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Awaitable } from '../../internal/awaitable.ts'
import { createSqliteCaller, inTransaction } from '../open-sqlite.node.ts'
import type { DeadLetter, InboxStats, NewInboxItem } from './inbox.ts'
import type { TimedInboxSettings } from './inbox-options.ts'
import type { InboxStorage, StorageRun, TakenItem } from './inbox-storage.ts'
import * as queries from './sqlite-inbox-queries.ts'

/** Settings of {@link createSqliteInboxStorage}. */
export interface SqliteInboxStorageSettings
  extends Pick<TimedInboxSettings, 'now' | 'backoff' | 'maxAttempts' | 'retentionMs'> {
  readonly claimTtlMs: number
}

/** An inbox storage in the tables of {@link queries.inboxSchema}. */
export function createSqliteInboxStorage(database: DatabaseSync, settings: SqliteInboxStorageSettings): InboxStorage {
  const { now, backoff, maxAttempts, retentionMs, claimTtlMs } = settings
  const call = createSqliteCaller(database)
  let lastNow = Number.POSITIVE_INFINITY
  const sql = {
    forgetOne: database.prepare(queries.forgetOne),
    forgetActivity: database.prepare(queries.forgetActivity),
    forgetSome: database.prepare(queries.forgetSome),
    add: database.prepare(queries.add),
    firstDue: database.prepare(queries.firstDue),
    addBody: database.prepare(queries.addBody),
    discardBody: database.prepare(queries.discardBody),
    adjustToClock: database.prepare(queries.adjustToClock),
    nextToken: database.prepare(queries.nextToken),
    take: database.prepare(queries.take),
    renew: database.prepare(queries.renew),
    finish: database.prepare(queries.finish),
    putBack: database.prepare(queries.putBack),
    postpone: database.prepare(queries.postpone),
    giveUp: database.prepare(queries.giveUp),
    giveBack: database.prepare(queries.giveBack),
    nextGivenBackBy: database.prepare(queries.nextGivenBackBy),
    firstGivenBackBy: database.prepare(queries.firstGivenBackBy),
    offerAgain: database.prepare(queries.offerAgain),
    firstGivenBackAt: database.prepare(queries.firstGivenBackAt),
    removeUnhandled: database.prepare(queries.removeUnhandled),
    makeNextReady: database.prepare(queries.makeNextReady),
    stats: database.prepare(queries.stats),
    deadLetters: database.prepare(queries.deadLetters),
    retry: database.prepare(queries.retry),
    discard: database.prepare(queries.discard),
  }

  const giveUp = ({ key, token, item }: TakenItem, error: string): boolean => {
    const { changes } = sql.giveUp.run({ key, token, maxAttempts, now: now(), error })
    if (changes > 0) makeNextReady(item.orderingKey)
    return changes > 0
  }

  const makeNextReady = (orderingKey: string | undefined) => {
    if (orderingKey !== undefined) sql.makeNextReady.run({ orderingKey, now: now() })
  }

  /** The run ids of the items that a run has not given back. There are few of them, for many items. */
  const givenBackByOthers = (runId: string): string[] => {
    const others: string[] = []
    const next = (after: string) => sql.nextGivenBackBy.get(after)?.given_back_by
    for (let by = next(''); by !== undefined; by = next(String(by))) {
      if (!String(by).includes(runId)) others.push(String(by))
    }
    return others
  }

  /** Makes items ready that other runs gave back, the oldest first. Returns how many. */
  const offerAgain = (limit: number, runId: string): number => {
    const rows = givenBackByOthers(runId).flatMap((by) => sql.firstGivenBackBy.all(by, limit))
    const keys = rows.map(({ seq }) => Number(seq)).sort((a, b) => a - b)
    for (const key of keys.slice(0, limit)) sql.offerAgain.run({ key, now: now() })
    return keys.length
  }

  const takeReady = (limit: number, { keysInProgress }: StorageRun): TakenItem[] => {
    const token = Number(sql.nextToken.get()?.last)
    const claimedUntil = now() + claimTtlMs
    const rows = sql.take.all({ token, claimedUntil, now: now(), keysInProgress: toJson(keysInProgress), limit })
    return rows.map(toTaken).sort((a, b) => a.key - b.key)
  }

  /** Stores each body once that several items have. Returns its id by body. */
  const addSharedBodies = (items: readonly NewInboxItem[]): Map<string, number | bigint> => {
    const [seen, ids] = [new Set<string>(), new Map<string, number | bigint>()]
    for (const { body } of items) {
      if (seen.has(body) && !ids.has(body)) ids.set(body, sql.addBody.run(body).lastInsertRowid)
      seen.add(body)
    }
    return ids
  }

  /** Checks all items when this process starts, and when its clock was set back since the last call. */
  const adjustToClock = () => {
    if (now() < lastNow) sql.adjustToClock.run({ now: now() })
    lastNow = now()
  }

  /** Runs a step as one transaction. */
  const transact = <T>(step: () => T): Awaitable<T> => call(() => inTransaction(database, step))

  return {
    add: (items) =>
      transact(() => {
        sql.forgetSome.run(now() - retentionMs)
        const bodyIds = addSharedBodies(items)
        const duplicates: string[] = []
        for (const { id, orderingKey = null, eventIndex = null, activityKey = null, body, receivedAt } of items) {
          sql.forgetOne.run(id, now() - retentionMs)
          if (activityKey !== null) sql.forgetActivity.run(activityKey, now() - retentionMs)
          const bodyId = bodyIds.get(body) ?? null
          const ownBody = bodyId === null ? body : ''
          const values = { id, orderingKey, eventIndex, activityKey, body: ownBody, bodyId, receivedAt, now: now() }
          if (sql.add.run(values).changes === 0) duplicates.push(id)
        }
        for (const id of bodyIds.values()) sql.discardBody.run({ id })
        return duplicates
      }),
    nextDueAt: ({ id, keysInProgress }) =>
      call(() => {
        adjustToClock()
        if (givenBackByOthers(id).length > 0) return now()
        const row = sql.firstDue.get({ keysInProgress: toJson(keysInProgress) })
        return row === undefined ? undefined : Number(row.due_at)
      }),
    take: (limit, run) =>
      transact(() => {
        const taken = takeReady(limit, run)
        if (taken.length === limit || offerAgain(limit - taken.length, run.id) === 0) return taken
        const keysInProgress = new Set([...run.keysInProgress, ...taken.map(({ key }) => key)])
        return [...taken, ...takeReady(limit - taken.length, { id: run.id, keysInProgress })]
      }),
    renew: (taken) =>
      call(() => {
        const leases = JSON.stringify(taken.map(({ key, token }) => [key, token]))
        const rows = sql.renew.all({ leases, now: now(), claimedUntil: now() + claimTtlMs })
        const renewed = new Set(rows.map(({ seq }) => Number(seq)))
        return taken.map(({ key }) => key).filter((key) => !renewed.has(key))
      }),
    finish: ({ key, token, item }) =>
      transact(() => {
        const { changes } = sql.finish.run({ key, token, now: now() })
        if (changes > 0) makeNextReady(item.orderingKey)
        return changes > 0
      }),
    fail: (taken, error) =>
      transact(() => {
        const { key, token, item } = taken
        if (item.attempt >= maxAttempts) return giveUp(taken, error)
        sql.putBack.run({ key, token, now: now(), dueAt: now() + backoff(item.attempt) })
        return false
      }),
    postpone: ({ key, token }, delayMs) =>
      call(() => void sql.postpone.run({ key, token, now: now(), dueAt: now() + delayMs })),
    giveBack: ({ key, token, item }, run) =>
      transact(() => {
        const { changes } = sql.giveBack.run({ key, token, now: now(), run: run.id })
        if (changes > 0) makeNextReady(item.orderingKey)
      }),
    nextRemovalAt: () =>
      call(() => {
        const row = sql.firstGivenBackAt.get()
        return row === undefined ? undefined : Number(row.given_back_at) + retentionMs
      }),
    removeUnhandled: () => call(() => sql.removeUnhandled.all(now() - retentionMs).map(({ id }) => String(id))),
    stats: () =>
      call(() => {
        adjustToClock()
        return toStats(sql.stats.get({ now: now() }), now())
      }),
    deadLetters: () => call(() => sql.deadLetters.all().map(toDeadLetter)),
    retry: (id) => call(() => sql.retry.run({ id, now: now() }).changes > 0),
    discard: (id) => call(() => sql.discard.run(id).changes > 0),
    close: () => database.close(),
  }
}

type Row = Record<string, SQLOutputValue>

function toJson(keys: ReadonlySet<number>): string {
  return JSON.stringify([...keys])
}

function toTaken(row: Row): TakenItem {
  const token = Number(row.token)
  return { key: Number(row.seq), token, item: { ...toItem(row), attempt: Number(row.attempts), lease: { token } } }
}

function toDeadLetter(row: Row): DeadLetter {
  const error = String(row.error)
  return { ...toItem(row), attempts: Number(row.attempts), failedAt: Number(row.ended_at), error }
}

function toStats(row: Row | undefined, now: number): InboxStats {
  const { oldest = null } = row ?? {}
  return {
    waiting: Number(row?.waiting),
    inProgress: Number(row?.in_progress),
    delayed: Number(row?.delayed),
    deadLetters: Number(row?.dead),
    ...(oldest !== null && { oldestAgeMs: Math.max(now - Number(oldest), 0) }),
  }
}

function toItem(row: Row): NewInboxItem {
  return {
    id: String(row.id),
    body: String(row.shared_body ?? row.body),
    receivedAt: Number(row.received_at),
    ...(row.event_index !== null && { eventIndex: Number(row.event_index) }),
    ...(typeof row.ordering_key === 'string' && { orderingKey: row.ordering_key }),
    ...(typeof row.activity_key === 'string' && { activityKey: row.activity_key }),
  }
}
