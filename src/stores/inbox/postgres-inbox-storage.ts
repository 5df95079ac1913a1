import type { Clock } from '../../internal/clock.ts'
import { fromPostgresText, type PostgresRow, type RunSql, toPostgresText } from '../postgres-client.ts'
import type { DeadLetter, NewInboxItem } from './inbox.ts'
import type { InboxSettings } from './inbox-options.ts'
import type { InboxStorage, TakenItem } from './inbox-storage.ts'
import { inboxQueries } from './postgres/postgres-inbox-tables.ts'

/** Settings of {@link createPostgresInboxStorage}. */
export interface PostgresInboxStorageSettings extends Pick<InboxSettings, 'backoff' | 'maxAttempts' | 'retentionMs'> {
  readonly claimTtlMs: number
  readonly now: Clock
  readonly tablePrefix: string
  /** Resolves when the tables exist. */
  readonly tablesExist: () => Promise<void>
}

type Outcome = 'done' | 'dead' | 'unhandled' | 'failed' | 'postponed'

/** An inbox storage in PostgreSQL. All times are those of the server; waiting is measured here. */
export function createPostgresInboxStorage(runSql: RunSql, settings: PostgresInboxStorageSettings): InboxStorage {
  const { now, backoff, maxAttempts, retentionMs, claimTtlMs, tablePrefix, tablesExist } = settings
  const sql = inboxQueries(tablePrefix)
  let isClosed = false

  const run: RunSql = async (...statement) => {
    if (isClosed) throw new Error('The inbox is closed.')
    await tablesExist()
    return runSql(...statement)
  }

  const end = async (
    { key, token }: TakenItem,
    outcome: Outcome,
    { delayMs = 0, error = null, runId = '' }: { delayMs?: number; error?: string | null; runId?: string } = {},
  ): Promise<boolean> => {
    const message = error?.replaceAll('\0', '\uFFFD') ?? null
    const [row] = await run(sql.end, key, token, outcome, delayMs, message, runId, maxAttempts)
    return row?.is_recorded === true
  }

  const takeReady = async (limit: number, keysInProgress: ReadonlySet<number>): Promise<TakenItem[]> => {
    const rows = await run(sql.take, limit, claimTtlMs, toArray(keysInProgress))
    return rows.map(toTaken)
  }

  /** A time of this process that is as far away as one of the server. */
  const inMs = (row: PostgresRow | undefined) =>
    row === undefined ? undefined : now() + Math.ceil(Number(row.wait_ms))

  return {
    async add(items) {
      if (items.length === 0) return []
      const rows = await run(sql.add, JSON.stringify(items.map(toStored)), retentionMs)
      return rows.map(({ id }) => fromPostgresText(String(id)))
    },
    nextDueAt: async ({ id, keysInProgress }) => inMs((await run(sql.untilDue, id, toArray(keysInProgress)))[0]),
    async take(limit, { id, keysInProgress }) {
      const taken = await takeReady(limit, keysInProgress)
      if (taken.length === limit) return taken
      const [offered] = await run(sql.offer, limit - taken.length, id)
      if (Number(offered?.count) === 0) return taken
      const keys = new Set([...keysInProgress, ...taken.map(({ key }) => key)])
      return [...taken, ...(await takeReady(limit - taken.length, keys))]
    },
    async renew(taken) {
      const rows = await run(sql.renew, JSON.stringify(taken.map(({ key, token }) => [key, token])), claimTtlMs)
      const renewed = new Set(rows.map(({ seq }) => Number(seq)))
      return taken.map(({ key }) => key).filter((key) => !renewed.has(key))
    },
    finish: (taken) => end(taken, 'done'),
    async fail(taken, error) {
      const { attempt } = taken.item
      if (attempt >= maxAttempts) return end(taken, 'dead', { error })
      await end(taken, 'failed', { delayMs: backoff(attempt) })
      return false
    },
    async postpone(taken, delayMs) {
      await end(taken, 'postponed', { delayMs })
    },
    async giveBack(taken, { id }) {
      await end(taken, 'unhandled', { runId: id })
    },
    nextRemovalAt: async () => inMs((await run(sql.untilRemoval, retentionMs))[0]),
    async removeUnhandled() {
      return (await run(sql.removeUnhandled, retentionMs)).map(({ id }) => fromPostgresText(String(id)))
    },
    async stats() {
      const [row] = await run(sql.stats)
      const oldest = row?.oldest ?? null
      return {
        waiting: Number(row?.waiting),
        inProgress: Number(row?.in_progress),
        delayed: Number(row?.delayed),
        deadLetters: Number(row?.dead),
        ...(oldest !== null && { oldestAgeMs: Math.max(now() - Number(oldest), 0) }),
      }
    },
    deadLetters: async () => (await run(sql.deadLetters)).map(toDeadLetter),
    retry: async (id) => (await run(sql.retry, toPostgresText(id)))[0]?.is_found === true,
    discard: async (id) => (await run(sql.discard, toPostgresText(id))).length > 0,
    close() {
      isClosed = true
    },
  }
}

/** An array of PostgreSQL, as text. */
function toArray(keys: ReadonlySet<number>): string {
  return `{${[...keys].join(',')}}`
}

function toStored({ id, orderingKey, activityKey, ...item }: NewInboxItem): object {
  return {
    ...item,
    id: toPostgresText(id),
    ...(orderingKey !== undefined && { orderingKey: toPostgresText(orderingKey) }),
    ...(activityKey !== undefined && { activityKey: toPostgresText(activityKey) }),
  }
}

function toTaken(row: PostgresRow): TakenItem {
  const token = Number(row.token)
  return { key: Number(row.seq), token, item: { ...toItem(row), attempt: Number(row.attempts), lease: { token } } }
}

function toDeadLetter(row: PostgresRow): DeadLetter {
  const failedAt = Math.round(Number(row.failed_at))
  return { ...toItem(row), attempts: Number(row.attempts), failedAt, error: String(row.error) }
}

function toItem(row: PostgresRow): NewInboxItem {
  const { ordering_key: orderingKey, activity_key: activityKey } = row
  return {
    id: fromPostgresText(String(row.id)),
    body: String(row.body),
    receivedAt: Number(row.received_at),
    ...(row.event_index !== null && { eventIndex: Number(row.event_index) }),
    ...(typeof orderingKey === 'string' && { orderingKey: fromPostgresText(orderingKey) }),
    ...(typeof activityKey === 'string' && { activityKey: fromPostgresText(activityKey) }),
  }
}
