import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createSqliteDedupeStore } from '../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import { createSqliteInbox } from '../../../src/stores/inbox/sqlite-inbox.node.ts'
import { createSqliteCaller, openSqlite } from '../../../src/stores/open-sqlite.node.ts'
import { tempFolder } from '../../support/temp-folder.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const schema = { name: 'test', steps: ['CREATE TABLE words (word TEXT) STRICT'] }
const locked = expect.objectContaining({ message: 'database is locked' })

function openFile() {
  const path = join(tempFolder(), 'test.db')
  const database = openSqlite({ path, synchronous: 'normal' }, schema)
  const call = createSqliteCaller(database)
  onTestFinished(() => {
    try {
      database.close()
    } catch {}
  })
  const insert = (word: string) => call(() => void database.prepare('INSERT INTO words VALUES (?)').run(word))
  const words = () =>
    database
      .prepare('SELECT word FROM words ORDER BY rowid')
      .all()
      .map(({ word }) => word)
  const busyTimeout = () => database.prepare('PRAGMA busy_timeout').get()?.timeout
  return { path, database, call, insert, words, busyTimeout }
}

/** Another program that holds the lock of a file, such as a backup. Returns a function that ends it. */
function lock(path: string): () => void {
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  onTestFinished(() => other.close())
  return () => other.exec('COMMIT')
}

describe('a call of a database', () => {
  it('returns what the step returns while no other program holds a lock', () => {
    const { call, insert, words } = openFile()
    expect(insert('a')).toBeUndefined()
    expect(call(() => 7)).toBe(7)
    expect(words()).toEqual(['a'])
  })

  it('waits for the lock without blocking: only the first call blocks, for up to 25 ms', async () => {
    const { path, insert, words, busyTimeout } = openFile()
    expect(busyTimeout()).toBe(25)
    const unlock = lock(path)
    const inserted = insert('a')
    expect(inserted).toBeInstanceOf(Promise)
    expect(busyTimeout()).toBe(0)
    await advance(3000)
    expect(words()).toEqual([])
    unlock()
    await advance(50)
    await inserted
    expect(words()).toEqual(['a'])
    expect(busyTimeout()).toBe(25)
    expect(insert('b')).toBeUndefined()
  })

  it('waits behind the calls that wait, and keeps their order', async () => {
    const { path, call, insert, words } = openFile()
    const unlock = lock(path)
    const all = [insert('a'), insert('b'), call(() => words().length), insert('c')]
    unlock()
    const last = insert('d')
    expect(words()).toEqual([])
    await advance(50)
    expect(await Promise.all([...all, last])).toEqual([undefined, undefined, 2, undefined, undefined])
    expect(words()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('rejects when the lock is held for five seconds from the call', async () => {
    const { path, insert, words } = openFile()
    const unlock = lock(path)
    const rejected = vi.fn()
    const fail = (insertion: ReturnType<typeof insert>) => void Promise.resolve(insertion).catch(rejected)
    fail(insert('a'))
    await advance(2000)
    fail(insert('b'))
    await advance(2949)
    expect(rejected).not.toHaveBeenCalled()
    await advance(101)
    expect(rejected.mock.calls).toEqual([[locked]])
    await advance(2000)
    expect(rejected.mock.calls).toEqual([[locked], [locked]])
    unlock()
    expect(insert('c')).toBeUndefined()
    expect(words()).toEqual(['c'])
  })

  it('fails immediately for another error, also behind a call that waits', async () => {
    const { path, call, insert, words } = openFile()
    const fail = () => {
      throw new Error('not about a lock')
    }
    expect(() => call(fail)).toThrow('not about a lock')
    const unlock = lock(path)
    const inserted = insert('a')
    const failed = expect(call(fail)).rejects.toThrow('not about a lock')
    unlock()
    await advance(50)
    await failed
    await inserted
    expect(words()).toEqual(['a'])
  })

  it('rejects when the database is closed while it waits', async () => {
    const { path, database, insert } = openFile()
    lock(path)
    const failed = expect(insert('a')).rejects.toThrow('database is not open')
    database.close()
    await advance(50)
    await failed
  })
})

describe('a store in a file that another program has locked', () => {
  it('claims, commits and releases events when the lock is gone', async () => {
    const { path } = openFile()
    const store = createSqliteDedupeStore({ path })
    onTestFinished(store.close)
    const unlock = lock(path)
    const answers = [store.claim('a'), store.commit('a'), store.claim('a'), store.claim('b'), store.release('b')]
    await advance(1000)
    unlock()
    await advance(50)
    const claimed = { state: 'claimed', token: expect.any(Number) }
    expect(await Promise.all(answers)).toEqual([claimed, true, 'done', claimed, undefined])
    expect(store.claim('b')).toEqual(claimed)
  })

  it('adds items and hands them out when the lock is gone', async () => {
    const { path } = openFile()
    const inbox = createSqliteInbox({ path, pollMs: 60_000 })
    const started: string[] = []
    const errors: unknown[] = []
    const { stop } = inbox.run(async ({ id }) => void started.push(id), {
      concurrency: 2,
      onError: (error) => errors.push(error),
    })
    await advance(0)
    const unlock = lock(path)
    const added = inbox.add([{ id: 'a', body: '{}', receivedAt: 1 }])
    await advance(1000)
    expect(started).toEqual([])
    unlock()
    await advance(50)
    await added
    expect(started).toEqual(['a'])
    const unlockAgain = lock(path)
    const stopped = stop()
    await advance(0)
    unlockAgain()
    await stopped
    expect(errors).toEqual([])
    await inbox.close()
  })
})
