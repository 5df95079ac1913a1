import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSqliteDedupeStore } from '../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import type { Inbox, InboxItem } from '../../../src/stores/inbox/inbox.ts'
import { createSqliteInbox, type SqliteInboxOptions } from '../../../src/stores/inbox/sqlite-inbox.node.ts'
import { tempFolder } from '../../support/temp-folder.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const newItem = (id: string, lane?: string) => ({
  id,
  body: '{"a":1}',
  receivedAt: 1,
  ...(lane !== undefined && { orderingKey: lane }),
})
const never = () => new Promise<never>(() => {})

function open(path: string, options: Partial<SqliteInboxOptions> = {}): Inbox {
  const inbox = createSqliteInbox({ path, synchronous: 'normal', ...options })
  onTestFinished(() => void inbox.close())
  return inbox
}

/** A process that stops in the midst of things: what it was to do later is never done. */
const openDoomed = (path: string, options: Partial<SqliteInboxOptions> = {}) =>
  open(path, { ...options, schedule: () => () => {} })

function run(inbox: Inbox, handle: (item: InboxItem) => Promise<void> = async () => {}) {
  const begun: string[] = []
  const errors: unknown[] = []
  const { stop } = inbox.run(
    async (item) => {
      begun.push(`${item.id} ${item.attempt}`)
      await handle(item)
    },
    { concurrency: 10, onError: (error) => errors.push(error) },
  )
  return { begun, errors, stop }
}

/** A promise that a test settles. */
function createEnding() {
  let resolve = () => {}
  let reject = (_error: Error) => {}
  const promise = new Promise<void>((...ends) => {
    ;[resolve, reject] = ends
  })
  return { promise, resolve: () => resolve(), reject: (error: Error) => reject(error) }
}

describe('createSqliteInbox', () => {
  it('has what was added when it is opened again', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const first = createSqliteInbox({ path })
    await first.add([newItem('a')])
    await first.close()
    const { begun } = run(open(path))
    await advance(0)
    expect(begun).toEqual(['a 1'])
  })

  it('hands out what a process had under way when it died, after the time that claims stand', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const doomed = openDoomed(path, { claimTtlMs: 5000 })
    await doomed.add([newItem('a')])
    expect(run(doomed, never).begun).toEqual([])
    await advance(0)
    const { begun } = run(open(path, { pollMs: 60_000 }))
    await advance(4999)
    expect(begun).toEqual([])
    await advance(1)
    expect(begun).toEqual(['a 2'])
  })

  it('leaves to a process what it is at, for as long as it says so', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const slow = open(path, { claimTtlMs: 5000 })
    const other = open(path, { claimTtlMs: 5000 })
    await slow.add([newItem('a')])
    const one = run(slow, never)
    await advance(0)
    const { begun } = run(other)
    await advance(60_000)
    expect(one.begun).toEqual(['a 1'])
    expect(begun).toEqual([])
  })

  it('lets a lane wait for what a dead process had under way', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const doomed = openDoomed(path, { claimTtlMs: 5000 })
    await doomed.add([newItem('a', 'alice'), newItem('b', 'alice')])
    run(doomed, never)
    await advance(0)
    const { begun } = run(open(path))
    await advance(4999)
    expect(begun).toEqual([])
    await advance(2000)
    expect(begun).toEqual(['a 2', 'b 1'])
  })

  it('gives up an item that its process has not survived too often', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const options = { claimTtlMs: 1000, maxAttempts: 2 }
    for (const life of [1, 2]) {
      const doomed = openDoomed(path, options)
      await doomed.add([newItem('a', 'alice'), newItem('b', 'alice')])
      const { begun } = run(doomed, never)
      await advance(1000)
      expect(begun).toEqual([`a ${life}`])
    }
    const last = open(path, options)
    const { begun } = run(last)
    await advance(2000)
    expect(begun).toEqual(['b 1'])
    expect(await last.deadLetters()).toEqual([
      {
        id: 'a',
        orderingKey: 'alice',
        body: '{"a":1}',
        receivedAt: 1,
        attempts: 2,
        failedAt: Date.now() - 2000,
        error: 'its process ended during the last attempt',
      },
    ])
  })

  it('believes a slow process that it has handled its item, and nobody that it has failed then', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const slow = openDoomed(path, { claimTtlMs: 1000 })
    await slow.add([newItem('a')])
    const [end, fail] = [createEnding(), createEnding()]
    run(slow, () => end.promise)
    await advance(1000)
    const heir = open(path, { claimTtlMs: 1000 })
    const { begun } = run(heir, () => fail.promise)
    await advance(0)
    end.resolve()
    await advance(0)
    fail.reject(new Error('not yet'))
    await advance(600_000)
    expect(begun).toEqual(['a 2'])
    expect(await heir.deadLetters()).toEqual([])
  })

  it('does not let the failure of a slow process disturb its heir', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const slow = openDoomed(path, { claimTtlMs: 1000, maxAttempts: 1 })
    await slow.add([newItem('a')])
    const fail = createEnding()
    run(slow, () => fail.promise)
    await advance(1000)
    const heir = open(path, { claimTtlMs: 1000 })
    const { begun } = run(heir, never)
    await advance(0)
    fail.reject(new Error('in vain'))
    await advance(10_000)
    expect(begun).toEqual(['a 2'])
    expect(await heir.deadLetters()).toEqual([])
  })

  it('finds what another process has added when it looks the next time', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const { begun } = run(open(path, { pollMs: 700 }))
    await advance(100)
    await open(path).add([newItem('a')])
    await advance(599)
    expect(begun).toEqual([])
    await advance(1)
    expect(begun).toEqual(['a 1'])
  })

  it('looks no more often than it has to while there is nothing to do', async () => {
    let timers = 0
    const inbox = open(join(tempFolder(), 'inbox.db'), {
      pollMs: 1000,
      schedule: (act, ms) => {
        timers += 1
        const timer = setTimeout(act, ms)
        return () => clearTimeout(timer)
      },
    })
    run(inbox)
    await advance(60_000)
    expect(timers).toBe(61)
  })

  it('waits longer after each failure: half of 1, 2, 4, 8 and then 10 seconds, and what chance adds', async () => {
    const inbox = open(join(tempFolder(), 'inbox.db'), {
      maxAttempts: 6,
      backoff: { baseMs: 1000, maxMs: 10_000, random: () => 1 },
    })
    const at: number[] = []
    const startedAt = Date.now()
    run(inbox, async () => {
      at.push(Date.now() - startedAt)
      throw new Error('in vain')
    })
    await inbox.add([newItem('a')])
    await advance(60_000)
    expect(at).toEqual([0, 500, 1500, 3500, 7500, 12_500])
  })

  it('knows a handled item for its time, and then takes it anew', async () => {
    const inbox = open(join(tempFolder(), 'inbox.db'), { retentionMs: 10_000 })
    const { begun } = run(inbox)
    await inbox.add([newItem('a')])
    await advance(9999)
    await inbox.add([newItem('a')])
    await advance(0)
    expect(begun).toEqual(['a 1'])
    await advance(1)
    await inbox.add([newItem('a')])
    await advance(0)
    expect(begun).toEqual(['a 1', 'a 1'])
  })

  it('does not grow with what it has forgotten, and drops the bodies of what is handled', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const inbox = open(path, { retentionMs: 10_000 })
    run(inbox)
    for (let number = 0; number < 300; number += 1) {
      await inbox.add([newItem(`event-${number}`)])
      await advance(1000)
    }
    const database = new DatabaseSync(path)
    const rows = database.prepare('SELECT body FROM inbox_items').all()
    database.close()
    expect(rows).toHaveLength(10)
    expect(new Set(rows.map(({ body }) => body))).toEqual(new Set(['']))
  })

  it('tells of a file that it cannot use any more, at the pace of its polls', async () => {
    const inbox = createSqliteInbox({ path: join(tempFolder(), 'inbox.db'), pollMs: 1000 })
    const { errors, stop } = run(inbox)
    await advance(0)
    await inbox.close()
    await advance(5000)
    expect(errors.map((error) => (error as Error).message)).toEqual(Array(5).fill('statement has been finalized'))
    await stop()
  })

  it('shares a file with a dedupe store, and lets nobody else read it', async () => {
    const path = join(tempFolder(), 'events.db')
    const store = createSqliteDedupeStore({ path })
    const inbox = open(path)
    await inbox.add([newItem('a')])
    expect(store.claim('a')).toBe('claimed')
    for (const suffix of ['', '-wal']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600)
    store.close()
  })

  it('does not touch a file of a newer version', () => {
    const path = join(tempFolder(), 'inbox.db')
    createSqliteInbox({ path }).close()
    const database = new DatabaseSync(path)
    database.exec("UPDATE x_account_activity SET version = 2 WHERE name = 'inbox'")
    database.close()
    expect(() => createSqliteInbox({ path })).toThrow(
      new Error('The inbox in this file is of version 2, newer than 1: update x-account-activity'),
    )
  })

  it.each([
    [undefined, TypeError, '"options" must be an object, got undefined'],
    [{}, TypeError, '"path" must be a string, got undefined'],
    [{ path: '' }, RangeError, '"path" must not be empty'],
    [{ path: ':memory:', synchronous: 'off' }, RangeError, `"synchronous" must be 'full' or 'normal'`],
    [{ path: ':memory:', maxAttempts: 0 }, RangeError, '"maxAttempts" must be an integer from 1'],
    [{ path: ':memory:', maxAttempts: Number.NaN }, RangeError, '"maxAttempts" must be an integer from 1'],
    [{ path: ':memory:', timeoutMs: 2 ** 31 }, RangeError, '"timeoutMs" must be an integer from 1 to 2147483647'],
    [{ path: ':memory:', timeoutMs: '1' }, TypeError, '"timeoutMs" must be a number, got string'],
    [{ path: ':memory:', retentionMs: 0 }, RangeError, '"retentionMs" must be an integer from 1'],
    [{ path: ':memory:', claimTtlMs: 9 }, RangeError, '"claimTtlMs" must be an integer from 10'],
    [{ path: ':memory:', pollMs: Number.POSITIVE_INFINITY }, RangeError, '"pollMs" must be an integer from 1'],
    [{ path: ':memory:', backoff: null }, TypeError, '"backoff" must be an object, got null'],
    [{ path: ':memory:', backoff: { baseMs: 0 } }, RangeError, '"backoff.baseMs" must be an integer from 1'],
    [{ path: ':memory:', backoff: { maxMs: 2 ** 31 } }, RangeError, '"backoff.maxMs" must be an integer from 1'],
    [{ path: ':memory:', backoff: { random: 1 } }, TypeError, '"backoff.random" must be a function, got number'],
    [{ path: ':memory:', now: 1 }, TypeError, '"now" must be a function, got number'],
    [{ path: ':memory:', schedule: 1 }, TypeError, '"schedule" must be a function, got number'],
  ])('refuses the options %j', (options, type, message) => {
    const create = () => createSqliteInbox(options as never)
    expect(create).toThrow(type)
    expect(create).toThrow(message)
  })

  it.each([
    [null, '"items" must be an array, got null'],
    [[null], '"items[0]" must be an object, got null'],
    [[newItem('a'), { ...newItem('b'), id: 1 }], '"items[1].id" must be a string, got number'],
    [[newItem('a'), newItem('')], '"items[1].id" must not be empty'],
    [[{ ...newItem('a'), body: {} }], '"items[0].body" must be a string, got object'],
    [[{ ...newItem('a'), receivedAt: Number.NaN }], '"items[0].receivedAt" must be an integer from 0'],
    [[{ ...newItem('a'), orderingKey: 1 }], '"items[0].orderingKey" must be a string, got number'],
  ])('refuses the items %j, and keeps none of them', async (items, message) => {
    const inbox = open(':memory:')
    const { begun } = run(inbox)
    expect(() => inbox.add(items as never)).toThrow(message)
    await advance(0)
    expect(begun).toEqual([])
  })

  it.each([
    [null, { concurrency: 1, onError() {} }, '"handle" must be a function, got null'],
    [async () => {}, undefined, '"options" must be an object, got undefined'],
    [async () => {}, { concurrency: 0, onError() {} }, '"concurrency" must be an integer from 1'],
    [async () => {}, { concurrency: 1 }, '"onError" must be a function, got undefined'],
  ])('refuses to run %j with %j', (handle, options, message) => {
    expect(() => open(':memory:').run(handle as never, options as never)).toThrow(message)
  })
})
