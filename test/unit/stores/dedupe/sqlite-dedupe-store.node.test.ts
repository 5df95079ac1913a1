import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, vi } from 'vitest'
import { createSqliteDedupeStore } from '../../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

describe('createSqliteDedupeStore', () => {
  it('remembers commits and claims when it is closed and opened again', () => {
    const path = join(tempFolder(), 'dedupe.db')
    const first = createSqliteDedupeStore({ path, now: () => 0 })
    first.claim('done')
    first.commit('done')
    first.claim('in progress')
    first.close()
    const again = createSqliteDedupeStore({ path, now: () => 19_999 })
    expect(again.claim('done')).toBe('done')
    expect(again.claim('in progress')).toBe('in_progress')
    again.close()
    const later = createSqliteDedupeStore({ path, now: () => 20_000 })
    expect(later.claim('in progress')).toEqual({ state: 'claimed', token: 3 })
    later.close()
  })

  it('remembers events for 25 hours by default, an hour longer than a replay reaches back', () => {
    let now = 0
    const store = createSqliteDedupeStore({ path: ':memory:', now: () => now })
    store.commit('a')
    now = 25 * 60 * 60 * 1000 - 1
    expect(store.claim('a')).toBe('done')
    now += 1
    expect(store.claim('a')).toMatchObject({ state: 'claimed' })
    store.close()
  })

  it('deletes expired events', () => {
    const path = join(tempFolder(), 'dedupe.db')
    let now = 0
    const store = createSqliteDedupeStore({ path, ttlMs: 100, synchronous: 'normal', now: () => now })
    for (now = 0; now < 2000; now += 1) {
      store.claim(`event-${now}`)
      store.commit(`event-${now}`)
    }
    store.close()
    const database = new DatabaseSync(path)
    expect(database.prepare('SELECT COUNT(*) AS n FROM dedupe_events').get()?.n).toBe(100)
    database.close()
  })

  it('creates a file that only its owner can read', () => {
    const path = join(tempFolder(), 'dedupe.db')
    createSqliteDedupeStore({ path }).close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('throws an error that names the alternatives when the runtime has no node:sqlite', async () => {
    vi.doMock('node:module', () => ({
      createRequire: () => () => {
        throw new Error('No such built-in module: node:sqlite')
      },
    }))
    vi.resetModules()
    const { createSqliteDedupeStore: create } = await import(
      '../../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
    )
    vi.doUnmock('node:module')
    expect(() => create({ path: ':memory:' })).toThrow(
      new Error(
        'This runtime has no "node:sqlite". ' +
          'Use Node.js 22.13 or later (or 22.12 with --experimental-sqlite), or another store.',
      ),
    )
  })

  it.each([
    [undefined, TypeError],
    [{ path: 1 }, TypeError],
    [{ path: '' }, RangeError],
    [{ path: ':memory:', synchronous: 1 }, TypeError],
    [{ path: ':memory:', ttlMs: 0 }, RangeError],
    [{ path: ':memory:', ttlMs: Number.NaN }, RangeError],
    [{ path: ':memory:', claimTtlMs: Number.POSITIVE_INFINITY }, RangeError],
    [{ path: ':memory:', claimTtlMs: '1' }, TypeError],
    [{ path: ':memory:', now: null }, TypeError],
  ])('refuses %j', (options, type) => {
    expect(() => createSqliteDedupeStore(options as never)).toThrow(type)
  })
})
