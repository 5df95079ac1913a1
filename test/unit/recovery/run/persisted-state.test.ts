import { describe, expect, it } from 'vitest'
import { createPersistedState } from '../../../../src/recovery/run/persisted-state.ts'
import { emptyState } from '../../../../src/recovery/state/recovery-state.ts'
import { createMemoryRecoveryStore } from '../../../../src/stores/recovery/memory-recovery-store.ts'

const alive = { ...emptyState, aliveAt: 1 }

describe('createPersistedState', () => {
  it('begins with what the store holds, and writes each change', async () => {
    const store = createMemoryRecoveryStore()
    await store.set('1', alive)
    const persisted = createPersistedState(store, '1')
    expect(persisted.current()).toBe(emptyState)
    const { before } = await persisted.update((state) => ({ before: state, state: { ...state, reachedAt: 2 } }))
    expect(before).toEqual(alive)
    expect(await store.get('1')).toEqual({ ...alive, reachedAt: 2 })
    expect(persisted.current()).toEqual({ ...alive, reachedAt: 2 })
  })

  it('makes one change at a time', async () => {
    const store = createMemoryRecoveryStore()
    const persisted = createPersistedState(store, '1')
    const increment = () => persisted.update((state) => ({ state: { ...state, aliveAt: (state.aliveAt ?? 0) + 1 } }))
    await Promise.all([increment(), increment(), increment()])
    expect(await store.get('1')).toMatchObject({ aliveAt: 3 })
  })

  it('keeps a change that could not be written, and includes it in the next write', async () => {
    const store = createMemoryRecoveryStore()
    let isFull = true
    const set = (key: string, value: unknown) => {
      if (isFull) throw new Error('disk full')
      return store.set(key, value)
    }
    const persisted = createPersistedState({ get: store.get, set }, '1')
    await expect(persisted.update(() => ({ state: alive }))).rejects.toThrow(new Error('disk full'))
    isFull = false
    await persisted.update((state) => ({ state: { ...state, reachedAt: 2 } }))
    expect(await store.get('1')).toEqual({ ...alive, reachedAt: 2 })
  })

  it('leaves a value alone that it cannot read', async () => {
    const store = createMemoryRecoveryStore()
    await store.set('1', { hello: 1 })
    await expect(createPersistedState(store, '1').update((state) => ({ state }))).rejects.toThrow(TypeError)
    expect(await store.get('1')).toEqual({ hello: 1 })
  })
})
