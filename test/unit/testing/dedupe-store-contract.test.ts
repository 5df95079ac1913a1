import { describe, expect, it, vi } from 'vitest'
import { createMemoryDedupeStore, type DedupeStore } from 'x-account-activity/receiver'
import { dedupeStoreContract } from 'x-account-activity/testing'
import { failuresOf } from '../../support/failures-of.ts'

describe('dedupeStoreContract', () => {
  const stores = new Map<string, DedupeStore>()

  /** The cases that fail for a faulty variant of a correct store. Stores with the same name share their events. */
  const failuresOfVariant = (makeFaulty: (correct: DedupeStore) => Partial<DedupeStore>) =>
    failuresOf(
      dedupeStoreContract({
        createStore: ({ name }) => {
          const correct = stores.get(name) ?? createMemoryDedupeStore()
          stores.set(name, correct)
          return { ...correct, ...makeFaulty(correct) }
        },
      }),
    )

  it.each<[string, (correct: DedupeStore) => Partial<DedupeStore>, string]>([
    ['grants every claim', () => ({ claim: () => 'claimed' }), 'grants the first claim of an event'],
    ['forgets commits', (correct) => ({ commit: correct.release }), 'remembers an event that was committed'],
    ['never ends a claim', () => ({ release() {} }), 'grants a claim of an event that was released'],
    [
      'ignores the case of ids',
      (correct) => ({ claim: (id) => correct.claim(id.toLowerCase()) }),
      'distinguishes ids with any characters',
    ],
    ['lets every process release', () => ({}), 'does not let one process release the claim of another'],
    [
      'checks and claims in two steps',
      () => {
        const taken = new Set<string>()
        return {
          claim: async (id) => {
            if (taken.has(id)) return 'in_progress'
            await Promise.resolve()
            taken.add(id)
            return 'claimed'
          },
        }
      },
      'grants one of many claims at the same time',
    ],
  ])('fails for a store that %s', async (_, makeFaulty, name) => {
    expect(await failuresOfVariant(makeFaulty)).toContain(name)
  })

  it('leaves out cases that need time or sharing which the store does not have', () => {
    const createStore = () => createMemoryDedupeStore()
    const namesOf = (options: object) => dedupeStoreContract({ createStore, ...options }).map(({ name }) => name)
    const [all, alone, timeless] = [namesOf({ advance() {} }), namesOf({ advance() {}, shared: false }), namesOf({})]
    expect([all.length, alone.length, timeless.length]).toEqual([17, 9, 11])
    expect(new Set(all).size).toBe(all.length)
  })

  it('closes the stores of a case, also when it fails', async () => {
    const closeStore = vi.fn()
    const createStore = () => ({ claim: () => 'done' as const, commit() {}, release() {} })
    const [first] = dedupeStoreContract({ createStore, closeStore })
    await expect(first?.run()).rejects.toThrow('a claim of "a": expected "claimed", got "done"')
    expect(closeStore).toHaveBeenCalledOnce()
  })

  it.each([
    [undefined, '"options" must be an object, got undefined'],
    [{}, '"createStore" must be a function, got undefined'],
    [{ createStore: 1 }, '"createStore" must be a function, got number'],
    [{ createStore() {}, shared: 'no' }, '"shared" must be a boolean, got string'],
    [{ createStore() {}, advance: 1 }, '"advance" must be a function, got number'],
    [{ createStore() {}, closeStore: 1 }, '"closeStore" must be a function, got number'],
  ])('refuses %j', (options, message) => {
    expect(() => dedupeStoreContract(options as never)).toThrow(new TypeError(message))
  })
})
