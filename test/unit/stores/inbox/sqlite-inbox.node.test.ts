import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { sleep } from '../../../../src/internal/timers.ts'
import { createSqliteDedupeStore } from '../../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import type { Inbox, InboxItem } from '../../../../src/stores/inbox/inbox.ts'
import { createSqliteInbox, type SqliteInboxOptions } from '../../../../src/stores/inbox/sqlite-inbox.node.ts'
import { deferred } from '../../../support/deferred.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const newItem = (id: string, orderingKey?: string) => ({
  id,
  body: '{"a":1}',
  receivedAt: 1,
  ...(orderingKey !== undefined && { orderingKey }),
})
const never = () => new Promise<never>(() => {})

function open(path: string, options: Partial<SqliteInboxOptions> = {}): Inbox {
  const inbox = createSqliteInbox({ path, synchronous: 'normal', ...options })
  onTestFinished(() => void inbox.close())
  return inbox
}

/** A process that hangs: none of its timers ever fires. */
const openHanging = (path: string, options: Partial<SqliteInboxOptions> = {}) =>
  open(path, { ...options, sleep: never })

/** Timers of a process that is paused: those that are due by then fire when it ends, and later ones as usual. */
function pausedUntil(end: Promise<void>): typeof sleep {
  let isPaused = true
  void end.then(() => {
    isPaused = false
  })
  return (ms, signal) => (isPaused && ms < 10_000 ? end : sleep(ms, signal))
}

function run(
  inbox: Inbox,
  handle: (item: InboxItem, signal: AbortSignal) => Promise<unknown> = async () => {},
  concurrency = 10,
) {
  const started: string[] = []
  const errors: unknown[] = []
  const { stop, offerAgain } = inbox.run(
    (item, signal) => {
      started.push(`${item.id} ${item.attempt}`)
      return handle(item, signal)
    },
    { concurrency, onError: (error) => errors.push(error) },
  )
  return { started, errors, stop, offerAgain }
}

describe('createSqliteInbox', () => {
  it('keeps its items when it is closed and opened again', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const first = createSqliteInbox({ path })
    await first.add([newItem('a')])
    await first.close()
    const { started } = run(open(path))
    await advance(0)
    expect(started).toEqual(['a 1'])
  })

  it('keeps the place of an event in its delivery', async () => {
    const inbox = open(':memory:', { maxAttempts: 1 })
    const seen: unknown[] = []
    await inbox.add([{ ...newItem('a'), eventIndex: 7 }, newItem('b')])
    run(inbox, async (item) => {
      seen.push(item)
      throw new Error('always fails')
    })
    await advance(0)
    expect(seen).toEqual([
      { ...newItem('a'), eventIndex: 7, attempt: 1, lease: { token: 1 } },
      { ...newItem('b'), attempt: 1, lease: { token: 1 } },
    ])
    expect((await inbox.deadLetters()).map(({ eventIndex }) => eventIndex)).toEqual([7, undefined])
  })

  it('hands the items of a dead process out again when its claims expire', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const hanging = openHanging(path, { claimTtlMs: 5000 })
    await hanging.add([newItem('a')])
    expect(run(hanging, never).started).toEqual([])
    await advance(0)
    const { started } = run(open(path, { pollMs: 60_000 }))
    await advance(4999)
    expect(started).toEqual([])
    await advance(1)
    expect(started).toEqual(['a 2'])
  })

  it('does not hand out an item in progress while its process renews the claim', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const slow = open(path, { claimTtlMs: 5000 })
    const other = open(path, { claimTtlMs: 5000 })
    await slow.add([newItem('a')])
    const one = run(slow, never)
    await advance(0)
    const { started } = run(other)
    await advance(60_000)
    expect(one.started).toEqual(['a 1'])
    expect(started).toEqual([])
  })

  it('keeps the order of an ordering key when a process has died', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const hanging = openHanging(path, { claimTtlMs: 5000 })
    await hanging.add([newItem('a', 'alice'), newItem('b', 'alice')])
    run(hanging, never)
    await advance(0)
    const { started } = run(open(path))
    await advance(4999)
    expect(started).toEqual([])
    await advance(2000)
    expect(started).toEqual(['a 2', 'b 1'])
  })

  it('gives an item up whose last attempt was ended by a crash', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const options = { claimTtlMs: 1000, maxAttempts: 2 }
    for (const life of [1, 2]) {
      const hanging = openHanging(path, options)
      await hanging.add([newItem('a', 'alice'), newItem('b', 'alice')])
      const { started } = run(hanging, never)
      await advance(1000)
      expect(started).toEqual([`a ${life}`])
    }
    const last = open(path, options)
    const started: string[] = []
    const onDeadLetter = vi.fn()
    const record = async ({ id, attempt }: InboxItem) => void started.push(`${id} ${attempt}`)
    last.run(record, { concurrency: 4, onError: (error) => expect.fail(String(error)), onDeadLetter })
    await advance(2000)
    expect(started).toEqual(['b 1'])
    const letter = {
      id: 'a',
      orderingKey: 'alice',
      body: '{"a":1}',
      receivedAt: 1,
      attempts: 2,
      failedAt: Date.now() - 2000,
      error: 'The process ended during the last attempt.',
    }
    expect(await last.deadLetters()).toEqual([letter])
    expect(onDeadLetter.mock.calls).toEqual([[letter]])
  })

  it('aborts the signal of a process that was paused for too long, and does not record what it does after that', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const resumed = deferred()
    const paused = open(path, { claimTtlMs: 1000, sleep: pausedUntil(resumed.promise) })
    await paused.add([newItem('a')])
    const [first, second] = [deferred(), deferred()]
    const signals: AbortSignal[] = []
    const one = run(paused, (_, signal) => {
      signals.push(signal)
      return first.promise
    })
    await advance(1000)
    const other = run(open(path, { claimTtlMs: 1000, backoff: { baseMs: 10 } }), () => second.promise)
    await advance(0)
    expect(other.started).toEqual(['a 2'])
    expect(signals[0]?.aborted).toBe(false)
    resumed.resolve()
    await advance(0)
    expect(signals[0]?.reason).toMatchObject({ name: 'LeaseLostError' })
    first.resolve()
    await advance(0)
    expect(one.errors).toEqual([])
    // It is not handled by what the first process did: the failure of the second one counts.
    second.reject(new Error('fails once'))
    await advance(20)
    expect(other.started).toEqual(['a 2', 'a 3'])
  })

  it('reports a success that cannot be recorded because the lease was lost', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const slow = openHanging(path, { claimTtlMs: 1000 })
    await slow.add([newItem('a')])
    const attempt = deferred()
    const one = run(slow, () => attempt.promise)
    await advance(1000)
    const other = run(open(path, { claimTtlMs: 1000 }), never)
    await advance(0)
    attempt.resolve()
    await advance(0)
    expect(one.errors).toMatchObject([{ name: 'LeaseLostError' }])
    await advance(10_000)
    expect(other.started).toEqual(['a 2'])
  })

  it('keeps the lease of a process that was paused for too long when no other process took the item', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const resumed = deferred()
    const paused = open(path, { claimTtlMs: 1000, sleep: pausedUntil(resumed.promise) })
    await paused.add([newItem('a')])
    const attempt = deferred()
    const { errors, started } = run(paused, (_, signal) => {
      signal.addEventListener('abort', () => expect.fail('aborted'))
      return attempt.promise
    })
    await advance(5000)
    attempt.resolve()
    await advance(0)
    run(open(path))
    await advance(60_000)
    expect([started, errors]).toEqual([['a 1'], []])
  })

  it('ignores the failure of an attempt whose claim has expired', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const slow = openHanging(path, { claimTtlMs: 1000, maxAttempts: 1 })
    await slow.add([newItem('a')])
    const attempt = deferred()
    run(slow, () => attempt.promise)
    await advance(1000)
    const other = open(path, { claimTtlMs: 1000 })
    const { started } = run(other, never)
    await advance(0)
    attempt.reject(new Error('always fails'))
    await advance(10_000)
    expect(started).toEqual(['a 2'])
    expect(await other.deadLetters()).toEqual([])
  })

  it('finds the items of another process at its next poll', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const { started } = run(open(path, { pollMs: 700 }))
    await advance(100)
    await open(path).add([newItem('a')])
    await advance(599)
    expect(started).toEqual([])
    await advance(1)
    expect(started).toEqual(['a 1'])
  })

  it('polls no more often than every pollMs while there is nothing to do', async () => {
    const waits: number[] = []
    const inbox = open(join(tempFolder(), 'inbox.db'), {
      pollMs: 1000,
      sleep: (ms, signal) => {
        waits.push(ms)
        return sleep(ms, signal)
      },
    })
    run(inbox)
    await advance(60_000)
    expect(waits).toEqual(Array(61).fill(1000))
  })

  it('doubles the delay after each failure, up to its limit: half of 1, 2, 4, 8 and 10 seconds without jitter', async () => {
    const inbox = open(join(tempFolder(), 'inbox.db'), {
      maxAttempts: 6,
      backoff: { baseMs: 1000, maxMs: 10_000, random: () => 1 },
    })
    const at: number[] = []
    const startedAt = Date.now()
    run(inbox, async () => {
      at.push(Date.now() - startedAt)
      throw new Error('always fails')
    })
    await inbox.add([newItem('a')])
    await advance(60_000)
    expect(at).toEqual([0, 500, 1500, 3500, 7500, 12_500])
  })

  it('does not add a handled item again for its retention time, and adds it after that', async () => {
    const inbox = open(join(tempFolder(), 'inbox.db'), { retentionMs: 10_000 })
    const { started } = run(inbox)
    await inbox.add([newItem('a')])
    await advance(9999)
    await inbox.add([newItem('a')])
    await advance(0)
    expect(started).toEqual(['a 1'])
    await advance(1)
    await inbox.add([newItem('a')])
    await advance(0)
    expect(started).toEqual(['a 1', 'a 1'])
  })

  it('deletes expired items, and the bodies of handled items', async () => {
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

  it('offers an item once to each process that has not given it back', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const options = { pollMs: 100, retentionMs: 3_600_000 }
    const giveBack = async () => 'no_handler' as const
    const [one, other] = [run(open(path, options), giveBack), run(open(path, options), giveBack)]
    await open(path).add([newItem('a'), newItem('b', 'alice')])
    await advance(60_000)
    for (const { started } of [one, other]) expect([...started].sort()).toEqual(['a 1', 'b 1'])
    const third = run(open(path, options))
    await advance(100)
    expect([...third.started].sort()).toEqual(['a 1', 'b 1'])
    await advance(3_600_000)
    expect([one, other, third].flatMap(({ errors }) => errors)).toEqual([])
  })

  it('hands out items that were given back after new ones, and in their order', async () => {
    const inbox = open(join(tempFolder(), 'inbox.db'))
    let outcome: 'no_handler' | undefined = 'no_handler'
    const { started, offerAgain } = run(inbox, async () => outcome, 1)
    await inbox.add(['a', 'b', 'c'].map((id) => newItem(id, 'alice')))
    await advance(0)
    outcome = undefined
    offerAgain?.()
    await inbox.add([newItem('d', 'alice'), newItem('e')])
    await advance(0)
    expect(started.slice(3)).toEqual(['d 1', 'e 1', 'a 1', 'b 1', 'c 1'])
  })

  it('offers an item again when a handler is added during an attempt that gives it back', async () => {
    const inbox = open(join(tempFolder(), 'inbox.db'))
    const decided = deferred()
    let outcome: 'no_handler' | undefined = 'no_handler'
    const { started, offerAgain } = run(inbox, async () => {
      const decision = outcome
      await decided.promise
      return decision
    })
    await inbox.add([newItem('a')])
    await advance(0)
    outcome = undefined
    offerAgain?.()
    decided.resolve()
    await advance(0)
    expect(started).toEqual(['a 1', 'a 1'])
  })

  it('removes once a minute what no process handles, and names ten of the items', async () => {
    const inbox = open(join(tempFolder(), 'inbox.db'), { retentionMs: 10_000 })
    const { errors, stop } = run(inbox, async () => 'no_handler')
    const ids = Array.from({ length: 12 }, (_, index) => `event-${index}`)
    await inbox.add(ids.map((id) => newItem(id)))
    await advance(9_999)
    expect(errors).toEqual([])
    await advance(1)
    expect(errors).toEqual([
      new Error(
        'The inbox removed 12 items, because no process had a handler for them within 10000 ms ("retentionMs"): ' +
          `${ids.slice(0, 10).join(', ')} and 2 more. Add handlers for these events. ` +
          'To ignore them, add a handler for them that does nothing.',
      ),
    ])
    await inbox.add([newItem('late')])
    await advance(59_999)
    expect(errors).toHaveLength(1)
    await advance(1)
    expect(errors).toHaveLength(2)
    await stop()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('records that an item is handled which another process has given back in the meantime', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const slow = openHanging(path, { claimTtlMs: 1000 })
    await slow.add([newItem('a')])
    const attempt = deferred()
    run(slow, () => attempt.promise)
    await advance(1000)
    const other = open(path, { claimTtlMs: 1000 })
    const { started, offerAgain } = run(other, async () => 'no_handler')
    await advance(0)
    attempt.resolve()
    await advance(0)
    offerAgain?.()
    await advance(2000)
    expect(started).toEqual(['a 2'])
  })

  it('stores a body once, however many items have it, until the last of them is handled or deleted', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const inbox = open(path, { maxAttempts: 1, retentionMs: 10_000 })
    const database = new DatabaseSync(path, { readOnly: true })
    onTestFinished(() => database.close())
    const storedBodies = () => database.prepare('SELECT body FROM inbox_bodies').all()
    const body = 'x'.repeat(50_000)
    const outcomes: Record<string, () => Promise<unknown>> = {
      dead: () => Promise.reject(new Error('always fails')),
      unhandled: async () => 'no_handler',
    }
    const items = ['a', 'b', 'dead', 'unhandled'].map((id) => ({ ...newItem(id), body }))
    await inbox.add([...items, newItem('alone')])
    expect(storedBodies()).toEqual([{ body }])
    await inbox.add(items)
    expect(storedBodies()).toEqual([{ body }])
    const seen: unknown[] = []
    run(inbox, async (item) => {
      seen.push([item.id, item.body])
      return outcomes[item.id]?.()
    })
    await advance(0)
    expect(seen).toEqual([...items.map(({ id }) => [id, body]), ['alone', '{"a":1}']])
    expect(await inbox.deadLetters()).toMatchObject([{ id: 'dead', body }])
    expect(storedBodies()).toEqual([{ body }])
    await inbox.discard('dead')
    expect(storedBodies()).toEqual([{ body }])
    await advance(10_000)
    expect(storedBodies()).toEqual([])
  })

  it('takes less than three times the size of a body for a delivery of a thousand events', async () => {
    const path = join(tempFolder(), 'inbox.db')
    const inbox = createSqliteInbox({ path, synchronous: 'normal' })
    const body = 'x'.repeat(1_000_000)
    await inbox.add(Array.from({ length: 1000 }, (_, index) => ({ ...newItem(`event-${index}`), body })))
    await inbox.close()
    expect(statSync(path).size).toBeLessThan(3 * body.length)
  })

  it('reports a file that it can no longer use, at every poll', async () => {
    const inbox = createSqliteInbox({ path: join(tempFolder(), 'inbox.db'), pollMs: 1000 })
    const { errors, stop } = run(inbox)
    await advance(0)
    await inbox.close()
    await advance(5000)
    expect(errors.map((error) => (error as Error).message)).toEqual(Array(5).fill('statement has been finalized'))
    await stop()
  })

  it('shares a file with a dedupe store, and creates it for its owner only', async () => {
    const path = join(tempFolder(), 'events.db')
    const store = createSqliteDedupeStore({ path })
    const inbox = open(path)
    await inbox.add([newItem('a')])
    expect(store.claim('a')).toEqual({ state: 'claimed', token: 1 })
    for (const suffix of ['', '-wal']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600)
    store.close()
  })

  it('refuses a file that a newer version wrote', () => {
    const path = join(tempFolder(), 'inbox.db')
    createSqliteInbox({ path }).close()
    const database = new DatabaseSync(path)
    database.exec("UPDATE x_account_activity SET version = 2 WHERE name = 'inbox'")
    database.close()
    expect(() => createSqliteInbox({ path })).toThrow(
      new Error(
        'The inbox in this file has version 2, but this program supports versions up to 1. Update x-account-activity.',
      ),
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
    [{ path: ':memory:', sleep: 1 }, TypeError, '"sleep" must be a function, got number'],
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
    [[{ ...newItem('a'), eventIndex: -1 }], '"items[0].eventIndex" must be an integer from 0'],
    [[{ ...newItem('a'), orderingKey: 1 }], '"items[0].orderingKey" must be a string, got number'],
  ])('refuses the items %j, and adds none of them', async (items, message) => {
    const inbox = open(':memory:')
    const { started } = run(inbox)
    expect(() => inbox.add(items as never)).toThrow(message)
    await advance(0)
    expect(started).toEqual([])
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
