import { describe, expect, it } from 'vitest'
import { createMemoryDedupeStore } from '../../../../src/stores/dedupe/memory-dedupe-store.ts'

describe('createMemoryDedupeStore', () => {
  it('gives an event to one claimer, and remembers it once it is committed', () => {
    const store = createMemoryDedupeStore()
    expect(store.claim('a')).toBe('claimed')
    expect(store.claim('a')).toBe('in_progress')
    expect(store.claim('b')).toBe('claimed')
    store.commit('a')
    expect(store.claim('a')).toBe('done')
  })

  it('gives an event again that was released', () => {
    const store = createMemoryDedupeStore()
    store.claim('a')
    store.release('a')
    expect(store.claim('a')).toBe('claimed')
  })

  it('forgets what is as old as its time to live, and nothing younger', () => {
    let now = 0
    const store = createMemoryDedupeStore({ ttlMs: 1000, now: () => now })
    store.claim('a')
    store.commit('a')
    now = 999
    expect(store.claim('a')).toBe('done')
    now = 1000
    expect(store.claim('a')).toBe('claimed')
  })

  it('remembers 25 hours unless told otherwise, an hour more than a replay reaches back', () => {
    let now = 0
    const store = createMemoryDedupeStore({ now: () => now })
    store.claim('a')
    store.commit('a')
    now = 25 * 60 * 60 * 1000 - 1
    expect(store.claim('a')).toBe('done')
    now += 1
    expect(store.claim('a')).toBe('claimed')
  })

  it('forgets the oldest when there are more than it may hold', () => {
    const store = createMemoryDedupeStore({ maxEntries: 2 })
    for (const id of ['a', 'b', 'c']) {
      store.claim(id)
      store.commit(id)
    }
    expect(store.claim('b')).toBe('done')
    expect(store.claim('c')).toBe('done')
    expect(store.claim('a')).toBe('claimed')
  })

  it('does not forget an event that is under way, however many are done', () => {
    const store = createMemoryDedupeStore({ maxEntries: 1 })
    store.claim('slow')
    for (const id of ['a', 'b', 'c']) {
      store.claim(id)
      store.commit(id)
    }
    expect(store.claim('slow')).toBe('in_progress')
  })

  it('holds no more than it may beside what is under way, however long that takes', () => {
    const store = createMemoryDedupeStore({ maxEntries: 3 })
    for (const slow of ['slow', 'slower']) store.claim(slow)
    for (let index = 0; index < 100; index += 1) {
      store.claim(`${index}`)
      store.commit(`${index}`)
    }
    const known = Array.from({ length: 100 }, (_, index) => store.claim(`${index}`)).filter((claim) => claim === 'done')
    expect(known.length).toBeGreaterThanOrEqual(1)
    expect(known.length).toBeLessThanOrEqual(3)
    expect(['slow', 'slower'].map((slow) => store.claim(slow))).toEqual(['in_progress', 'in_progress'])
  })

  it('takes an event for as old as its end, not its beginning', () => {
    let now = 0
    const store = createMemoryDedupeStore({ ttlMs: 1000, maxEntries: 2, now: () => now })
    store.claim('slow')
    store.claim('quick')
    store.commit('quick')
    now = 500
    store.commit('slow')
    store.claim('next')
    store.commit('next')
    expect(store.claim('slow')).toBe('done')
    now = 1499
    expect(store.claim('slow')).toBe('done')
    now = 1500
    expect(store.claim('slow')).toBe('claimed')
  })

  it.each(['__proto__', 'constructor', '', 'a'.repeat(100_000)])('takes %j for an id as any other', (id) => {
    const store = createMemoryDedupeStore()
    expect(store.claim(id)).toBe('claimed')
    store.commit(id)
    expect(store.claim(id)).toBe('done')
  })

  it.each([
    [{ maxEntries: 0 }, RangeError],
    [{ maxEntries: Number.NaN }, RangeError],
    [{ maxEntries: Number.POSITIVE_INFINITY }, RangeError],
    [{ ttlMs: 0 }, RangeError],
    [{ ttlMs: '1' }, TypeError],
    [null, TypeError],
  ])('refuses %j', (options, type) => {
    expect(() => createMemoryDedupeStore(options as never)).toThrow(type)
  })
})
