import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Inbox, InboxItem } from '../../../../src/stores/inbox/inbox.ts'
import { createPostgresInbox, type PostgresInboxOptions } from '../../../../src/stores/inbox/postgres-inbox.ts'
import { postgresSchema } from '../../../../src/stores/postgres-schema.ts'
import { deferred } from '../../../support/deferred.ts'
import { describeWithPostgres, newTablePrefix, openPgPool } from '../../../support/postgres.ts'

const newItem = (id: string, more: object = {}) => ({ id, body: '{"a":1}', receivedAt: 1, ...more })

describe('createPostgresInbox', () => {
  const client = { query: async () => ({ rows: [] }), connect: async () => {}, totalCount: 0 }

  it.each([
    [undefined, '"options" must be an object, got undefined'],
    [{}, '"client" must be a Pool of "pg" or a client of "postgres", got undefined'],
    [{ client: 'postgres://localhost' }, '"client" must be a Pool of "pg" or a client of "postgres", got string'],
    [{ client: {} }, '"client" must be a Pool of the package "pg", or a client of the package "postgres"'],
    [{ client, tablePrefix: '' }, '"tablePrefix" must not be empty'],
    [{ client, claimTtlMs: 9 }, '"claimTtlMs" must be an integer from 10'],
    [{ client, pollMs: 0 }, '"pollMs" must be an integer from 1'],
    [{ client, maxAttempts: 0 }, '"maxAttempts" must be an integer from 1'],
    [{ client, createTables: 1 }, '"createTables" must be a boolean, got number'],
  ])('refuses %j', (options, message) => {
    expect(() => createPostgresInbox(options as never)).toThrow(message)
  })
})

describeWithPostgres('createPostgresInbox, on a PostgreSQL server', () => {
  const setUp = () => {
    const [client, tablePrefix] = [openPgPool(10), newTablePrefix()]
    const open = (options: Partial<PostgresInboxOptions> = {}) => {
      const inbox = createPostgresInbox({ client, tablePrefix, pollMs: 20, ...options })
      onTestFinished(() => inbox.close())
      return inbox
    }
    return { client, tablePrefix, open }
  }
  const run = (inbox: Inbox, handle: (item: InboxItem, signal: AbortSignal) => Promise<unknown> = async () => {}) => {
    const started: string[] = []
    const errors: unknown[] = []
    const { stop } = inbox.run(
      (item, signal) => {
        started.push(`${item.id} ${item.attempt}`)
        return handle(item, signal)
      },
      { concurrency: 10, onError: (error) => errors.push(error) },
    )
    onTestFinished(stop)
    return { started, errors }
  }
  const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 })

  it('keeps the order of an ordering key with several processes that add and handle at the same time', async () => {
    const { open } = setUp()
    const inboxes = [open(), open(), open()]
    const seen: string[] = []
    const running = new Set<string>()
    for (const inbox of inboxes) {
      run(inbox, async ({ id, orderingKey = '' }) => {
        if (running.has(orderingKey)) seen.push(`two items of ${orderingKey} at the same time`)
        running.add(orderingKey)
        await setTimeout(1)
        seen.push(id)
        running.delete(orderingKey)
      })
    }
    const added = { a: [] as string[], b: [] as string[] }
    const addAll = async (key: 'a' | 'b', inbox: Inbox | undefined) => {
      for (let number = 0; number < 20; number += 1) {
        await inbox?.add([newItem(`${key}${number}`, { orderingKey: key })])
        added[key].push(`${key}${number}`)
      }
    }
    const one = (number: number) => inboxes[2]?.add([newItem(`c${number}`, { orderingKey: 'c' })])
    await Promise.all([
      addAll('a', inboxes[0]),
      addAll('b', inboxes[1]),
      ...Array.from({ length: 20 }, (_, n) => one(n)),
    ])
    await until(() => expect(seen).toHaveLength(60))
    expect(seen.filter((id) => id.startsWith('a'))).toEqual(added.a)
    expect(seen.filter((id) => id.startsWith('b'))).toEqual(added.b)
  })

  it('adds an item and an activity key once when several processes add them at the same time', async () => {
    const { open } = setUp()
    const inboxes = Array.from({ length: 5 }, () => open())
    await Promise.all(inboxes.map((inbox) => inbox.add([newItem('same')])))
    await Promise.all(inboxes.map((inbox, number) => inbox.add([newItem(`${number}`, { activityKey: 'post:1' })])))
    const keys: (string | undefined)[] = []
    const { started } = run(open(), async ({ activityKey }) => void keys.push(activityKey))
    await until(() => expect(started).toHaveLength(6))
    expect(keys.filter((key) => key !== undefined)).toEqual(['post:1'])
  })

  it('aborts the signal of a process that lost its lease, and does not record what it does after that', async () => {
    const { open, client, tablePrefix } = setUp()
    const attempt = deferred()
    const signals: AbortSignal[] = []
    await open().add([newItem('a')])
    const slow = run(open({ claimTtlMs: 600 }), (_, signal) => {
      signals.push(signal)
      return attempt.promise
    })
    await until(() => expect(slow.started).toEqual(['a 1']))
    // As after a pause: another process has taken the item since.
    await client.query(`UPDATE ${tablePrefix}_inbox SET token = token + 1000, attempts = 2`)
    await until(() => expect(signals[0]?.reason).toMatchObject({ name: 'LeaseLostError' }))
    attempt.resolve()
    await setTimeout(50)
    const { rows } = await client.query(`SELECT state FROM ${tablePrefix}_inbox`)
    expect([rows, slow.errors]).toEqual([[{ state: 'ready' }], []])
  })

  it('keeps ids, keys and errors with characters that PostgreSQL cannot store or that have a meaning', async () => {
    const { open } = setUp()
    const inbox = open({ maxAttempts: 1 })
    const ids = ['\0', '\\0', "'; --", '日本語 🦆', 'a'.repeat(5000), '%_\\']
    await inbox.add(ids.map((id) => newItem(id, { orderingKey: id, activityKey: id, eventIndex: 3 })))
    run(inbox, async () => {
      throw new Error('not \0 yet')
    })
    await vi.waitFor(async () => expect(await inbox.deadLetters()).toHaveLength(ids.length), { timeout: 10_000 })
    const letters = await inbox.deadLetters()
    expect(letters.map(({ id }) => id).sort()).toEqual([...ids].sort())
    for (const letter of letters) {
      const { id } = letter
      expect(letter).toMatchObject({ orderingKey: id, activityKey: id, eventIndex: 3, error: 'not \uFFFD yet' })
      expect(await inbox.discard(id)).toBe(true)
    }
  })

  it('forgets the bodies of handled items immediately, and the items after their retention time', async () => {
    const { open, client, tablePrefix } = setUp()
    const inbox = open({ retentionMs: 100 })
    const { started } = run(inbox)
    await inbox.add([newItem('a')])
    await until(() => expect(started).toEqual(['a 1']))
    await vi.waitFor(async () => {
      const { rows } = await client.query(`SELECT state, body FROM ${tablePrefix}_inbox`)
      expect(rows).toEqual([{ state: 'done', body: '' }])
    })
    await setTimeout(110)
    await inbox.add([newItem('b')])
    const { rows } = await client.query(`SELECT id FROM ${tablePrefix}_inbox`)
    expect(rows).toEqual([{ id: 'b' }])
  })

  it('creates its tables once, however many processes start at the same time', async () => {
    const { open } = setUp()
    await Promise.all(Array.from({ length: 8 }, (_, number) => open().add([newItem(`${number}`)])))
    const { started } = run(open())
    await until(() => expect(started).toHaveLength(8))
  })

  it('does not create its tables with createTables false, and works once the statements of postgresSchema have run', async () => {
    const { open, client, tablePrefix } = setUp()
    const inbox = open({ createTables: false })
    await expect(async () => inbox.add([newItem('a')])).rejects.toThrow(
      new Error(
        `The table ${tablePrefix}_inbox does not exist or is of another version. ` +
          'Run the statements of postgresSchema(), or set "createTables" to true.',
      ),
    )
    await client.query(postgresSchema({ tablePrefix }))
    await client.query(postgresSchema({ tablePrefix }))
    await inbox.add([newItem('a')])
    await client.query(`COMMENT ON TABLE ${tablePrefix}_inbox IS 'x-account-activity inbox, version 99'`)
    await expect(async () => open({ createTables: false }).add([newItem('b')])).rejects.toThrow('of another version')
  })

  it('goes on when its connections were ended by the server', async () => {
    const { open, client, tablePrefix } = setUp()
    client.on('error', () => {})
    const inbox = open()
    const { started } = run(inbox)
    await inbox.add([newItem('a')])
    await until(() => expect(started).toEqual(['a 1']))
    await openPgPool(1).query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE $1', [
      `%${tablePrefix}_inbox%`,
    ])
    await vi.waitFor(async () => inbox.add([newItem('b')]), { timeout: 10_000 })
    await until(() => expect(started).toContain('b 1'))
  })
})
