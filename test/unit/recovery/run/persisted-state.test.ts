import { describe, expect, it } from 'vitest'
import type { RecoveryStore } from 'x-account-activity/recovery'
import { createPersistedState, withLease } from '../../../../src/recovery/run/persisted-state.ts'
import { LeaseLostError } from '../../../../src/recovery/state/lease.ts'
import { emptyState, type RecoveryState } from '../../../../src/recovery/state/recovery-state.ts'
import { createMemoryRecoveryStore } from '../../../../src/stores/recovery/memory-recovery-store.ts'
import { StateLostError } from '../../../../src/stores/recovery/recovery-store.ts'

const alive = { ...emptyState, aliveAt: 1 }

function create(store: RecoveryStore, sleep: (ms: number, signal?: AbortSignal) => Promise<void> = never) {
  const lost: unknown[] = []
  const persisted = createPersistedState({
    store,
    key: '1',
    storeTimeoutMs: 500,
    now: () => 0,
    sleep,
    createFreshState: () => ({ ...emptyState, outages: [{ from: 1, to: 2 }] }),
    onStateLost: (error) => lost.push(error),
    onChange: () => {},
  })
  return { persisted, lost }
}

/** A sleep that ends only when its signal aborts. */
const never = (_: number, signal?: AbortSignal) =>
  new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))

describe('createPersistedState', () => {
  it('begins with what the store holds, and writes each change', async () => {
    const store = createMemoryRecoveryStore()
    await store.set('1', alive)
    const { persisted } = create(store)
    expect(persisted.current()).toBe(emptyState)
    const { before } = await persisted.update((state) => ({ before: state, state: { ...state, reachedAt: 2 } }))
    expect(before).toEqual(alive)
    expect(await store.get('1')).toEqual({ ...alive, reachedAt: 2 })
    expect(persisted.current()).toEqual({ ...alive, reachedAt: 2 })
  })

  it('makes one change at a time, also with a store that cannot compare', async () => {
    const { get, set } = createMemoryRecoveryStore()
    const { persisted } = create({ get, set })
    const increment = () => persisted.update((state) => ({ state: { ...state, aliveAt: (state.aliveAt ?? 0) + 1 } }))
    await Promise.all([increment(), increment(), increment()])
    expect(await get('1')).toMatchObject({ aliveAt: 3 })
  })

  it('overwrites no change of another process', async () => {
    const store = createMemoryRecoveryStore()
    const [one, other] = [create(store).persisted, create(store).persisted]
    const increment = (persisted: typeof one) =>
      persisted.update((state) => ({ state: { ...state, aliveAt: (state.aliveAt ?? 0) + 1 } }))
    await Promise.all([...Array(10)].flatMap(() => [increment(one), increment(other)]))
    expect(await store.get('1')).toMatchObject({ aliveAt: 20 })
  })

  it('rejects when a change cannot be written, and goes on from what the store holds', async () => {
    const store = createMemoryRecoveryStore()
    let isFull = true
    const set = (key: string, value: unknown) => {
      if (isFull) throw new Error('disk full')
      return store.set(key, value)
    }
    const { persisted } = create({ get: store.get, set })
    await expect(persisted.update(() => ({ state: alive }))).rejects.toThrow(new Error('disk full'))
    isFull = false
    await persisted.update((state) => ({ state: { ...state, reachedAt: 2 } }))
    expect(await store.get('1')).toEqual({ ...emptyState, reachedAt: 2 })
  })

  it('leaves a value alone that it cannot read', async () => {
    const store = createMemoryRecoveryStore()
    await store.set('1', { hello: 1 })
    await expect(create(store).persisted.update((state) => ({ state }))).rejects.toThrow(TypeError)
    expect(await store.get('1')).toEqual({ hello: 1 })
  })

  it.each(['get', 'compareAndSet'] as const)('rejects when the store does not answer: %s', async (method) => {
    const store = { ...createMemoryRecoveryStore(), [method]: () => new Promise(() => {}) } as RecoveryStore
    const { persisted } = create(store, async () => {})
    await expect(persisted.update(() => ({ state: alive }))).rejects.toThrow(
      new Error(
        `The recovery store did not answer "${method}" within 500 ms. Check whether it can be reached, or set "storeTimeoutMs" to a longer time.`,
      ),
    )
  })

  it('starts with a fresh state when the store has lost its values, and reports that once it is written', async () => {
    const store = createMemoryRecoveryStore()
    const error = new StateLostError('cut off')
    let isLost = true
    const get = (key: string) => {
      if (isLost) throw error
      return store.get(key)
    }
    const compareAndSet: RecoveryStore['compareAndSet'] = (key, before, after) => {
      isLost = false
      return store.compareAndSet?.(key, before, after) ?? false
    }
    const { persisted, lost } = create({ ...store, get, compareAndSet })
    await persisted.update((state) => ({ state }))
    expect(lost).toEqual([error])
    expect(await store.get('1')).toEqual({ ...emptyState, outages: [{ from: 1, to: 2 }] })
    await persisted.update((state) => ({ state }))
    expect(lost).toHaveLength(1)
  })

  it('rejects when the store refuses every write', async () => {
    const { persisted } = create({ ...createMemoryRecoveryStore(), compareAndSet: () => false })
    await expect(persisted.update(() => ({ state: alive }))).rejects.toThrow('The recovery store refused 1000 writes')
  })
})

describe('withLease', () => {
  it('refuses a change after another process has taken the lease', async () => {
    const store = createMemoryRecoveryStore()
    const { persisted } = create(store)
    const lease = (token: number): RecoveryState => ({ ...alive, lease: { holder: 'a', token, beat: 1, at: 0 } })
    await store.set('1', lease(1))
    const held = withLease(persisted, 1)
    await held.update((state) => ({ state: { ...state, aliveAt: 2 } }))
    await store.set('1', lease(2))
    await expect(held.update((state) => ({ state: { ...state, aliveAt: 3 } }))).rejects.toThrow(LeaseLostError)
    expect(await store.get('1')).toEqual(lease(2))
  })
})
