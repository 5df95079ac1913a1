import { describe, expect, it } from 'vitest'
import { createMemoryDedupeStore } from '../../../../src/stores/dedupe/memory-dedupe-store.ts'

describe('createMemoryDedupeStore', () => {
  it('grants one claim of an event, and remembers the event once it is committed', () => {
    const store = createMemoryDedupeStore()
    expect(store.claim('a')).toBe('claimed')
    expect(store.claim('a')).toBe('in_progress')
    expect(store.claim('b')).toBe('claimed')
    store.commit('a')
    expect(store.claim('a')).toBe('done')
  })

  it('grants a claim of an event that was released', () => {
    const store = createMemoryDedupeStore()
    store.claim('a')
    store.release('a')
    expect(store.claim('a')).toBe('claimed')
  })

  it('forgets an event after its time to live, and not before', () => {
    let now = 0
    const store = createMemoryDedupeStore({ ttlMs: 1000, now: () => now })
    store.claim('a')
    store.commit('a')
    now = 999
    expect(store.claim('a')).toBe('done')
    now = 1000
    expect(store.claim('a')).toBe('claimed')
  })

  it('remembers events for 25 hours by default, an hour longer than a replay reaches back', () => {
    let now = 0
    const store = createMemoryDedupeStore({ now: () => now })
    store.claim('a')
    store.commit('a')
    now = 25 * 60 * 60 * 1000 - 1
    expect(store.claim('a')).toBe('done')
    now += 1
    expect(store.claim('a')).toBe('claimed')
  })

  it('forgets the oldest event when there are more than maxEntries', () => {
    const store = createMemoryDedupeStore({ maxEntries: 2 })
    for (const id of ['a', 'b', 'c']) {
      store.claim(id)
      store.commit(id)
    }
    expect(store.claim('b')).toBe('done')
    expect(store.claim('c')).toBe('done')
    expect(store.claim('a')).toBe('claimed')
  })

  it('does not forget an event in progress when there are more than maxEntries', () => {
    const store = createMemoryDedupeStore({ maxEntries: 1 })
    store.claim('slow')
    for (const id of ['a', 'b', 'c']) {
      store.claim(id)
      store.commit(id)
    }
    expect(store.claim('slow')).toBe('in_progress')
  })

  it('remembers at most maxEntries handled events while others are in progress', () => {
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

  it('measures the age of an event from its commit, not from its claim', () => {
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

  it.each(['__proto__', 'constructor', '', 'a'.repeat(100_000)])('accepts the id %j', (id) => {
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
