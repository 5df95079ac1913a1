import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryDedupeStore, createMemoryInbox, type DedupeStore, type Inbox } from 'x-account-activity/receiver'
import { type ContractCase, dedupeStoreContract, inboxContract } from 'x-account-activity/testing'

/** The names of the cases that fail. */
async function failuresOf(contract: readonly ContractCase[]): Promise<string[]> {
  const names: string[] = []
  for (const { name, run } of contract) await run().catch(() => names.push(name))
  return names
}

describe('dedupeStoreContract', () => {
  const stores = new Map<string, DedupeStore>()

  /** What finds fault with a store that is made out of a good one; processes share it by its name. */
  const faultsOf = (spoil: (good: DedupeStore) => Partial<DedupeStore>) =>
    failuresOf(
      dedupeStoreContract({
        createStore: ({ name }) => {
          const good = stores.get(name) ?? createMemoryDedupeStore()
          stores.set(name, good)
          return { ...good, ...spoil(good) }
        },
      }),
    )

  it.each<[string, (good: DedupeStore) => Partial<DedupeStore>, string]>([
    ['grants every claim', () => ({ claim: () => 'claimed' }), 'gives an event to the first one who claims it'],
    ['forgets commits', (good) => ({ commit: good.release }), 'remembers an event that was committed'],
    ['keeps claims for ever', () => ({ release() {} }), 'gives an event again that was released'],
    [
      'takes ids for lower case',
      (good) => ({ claim: (id) => good.claim(id.toLowerCase()) }),
      'keeps ids apart, whatever is in them',
    ],
    ['lets anybody release', () => ({}), 'does not let one process release the claim of another'],
    [
      'looks before it leaps',
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
      'gives an event to one of many who claim it at the same time',
    ],
  ])('finds a store out that %s', async (_, spoil, name) => {
    expect(await faultsOf(spoil)).toContain(name)
  })

  it('asks a store neither for time nor for sharing that it does not have', () => {
    const createStore = () => createMemoryDedupeStore()
    const namesOf = (options: object) => dedupeStoreContract({ createStore, ...options }).map(({ name }) => name)
    const [all, alone, timeless] = [namesOf({ advance() {} }), namesOf({ advance() {}, shared: false }), namesOf({})]
    expect([all.length, alone.length, timeless.length]).toEqual([14, 8, 10])
    expect(new Set(all).size).toBe(all.length)
  })

  it('closes the stores of a case, also when it fails', async () => {
    const closeStore = vi.fn()
    const createStore = () => ({ claim: () => 'done' as const, commit() {}, release() {} })
    const [first] = dedupeStoreContract({ createStore, closeStore })
    await expect(first?.run()).rejects.toThrow('a claim of "a": expected "claimed", got "done"')
    expect(closeStore).toHaveBeenCalledOnce()
  })

  it.each([[undefined], [{}], [{ createStore: 1 }]])('refuses %j', (options) => {
    expect(() => dedupeStoreContract(options as never)).toThrow(TypeError)
  })
})

describe('inboxContract', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  const faultsOf = (spoil: (good: Inbox) => Partial<Inbox>) =>
    failuresOf(
      inboxContract({
        createInbox: (settings) => {
          const good = createMemoryInbox(settings)
          return { ...good, ...spoil(good) }
        },
        advance,
        shared: false,
      }),
    )

  it.each<[string, (good: Inbox) => Partial<Inbox>, string]>([
    ['loses what is added', () => ({ add() {} }), 'hands out an item as it was added'],
    [
      'keeps no order',
      (good) => ({ add: (items) => good.add(items.map(({ orderingKey, ...item }) => item)) }),
      'handles the items of a lane one after the other, in their order',
    ],
    [
      'adds again what it knows',
      (good) => {
        const rename = (id: string) => `${id} ${crypto.randomUUID()}`
        return { add: (items) => good.add(items.map((item) => ({ ...item, id: rename(item.id) }))) }
      },
      'does not add again what waits, is under way or is handled',
    ],
    [
      'hands out too much',
      (good) => ({ run: (handle, options) => good.run(handle, { ...options, concurrency: 100 }) }),
      'handles as many at a time as it may, and no more',
    ],
    [
      'does not wait for what is under way',
      (good) => ({ run: (...args) => ({ stop: async () => void good.run(...args).stop() }) }),
      'hands out no more once it is stopped, and waits for what is under way',
    ],
    [
      'takes failures for success',
      (good) => ({
        run: (handle, options) => good.run((item, signal) => handle(item, signal).catch(() => {}), options),
      }),
      'tries again what failed, and counts the attempts',
    ],
    ['forgets what it gives up', () => ({ deadLetters: () => [] }), 'gives up what has failed too often, and says why'],
    [
      'discards nothing',
      () => ({ discard: () => true }),
      'forgets a dead letter, and takes it anew when it comes again',
    ],
    ['retries nothing', () => ({ retry: () => false }), 'hands out a dead letter again, its attempts counted anew'],
    [
      'does not tell the time',
      (good) => ({ run: (handle, options) => good.run((item) => handle(item, new AbortController().signal), options) }),
      'tells an attempt when its time is up',
    ],
  ])('finds an inbox out that %s', async (_, spoil, name) => {
    expect(await faultsOf(spoil)).toContain(name)
  })

  it('asks an inbox for no sharing that it does not have', () => {
    const options = { createInbox: () => createMemoryInbox(), advance }
    const counts = [inboxContract(options).length, inboxContract({ ...options, shared: false }).length]
    expect(counts).toEqual([21, 19])
  })

  it('fails where an inbox reports an error of its own', async () => {
    const [first] = inboxContract({
      createInbox: (settings) => {
        const good = createMemoryInbox(settings)
        const run: Inbox['run'] = (handle, options) => {
          options.onError(new Error('disk full'))
          return good.run(handle, options)
        }
        return { ...good, run }
      },
      advance,
    })
    await expect(first?.run()).rejects.toThrow('disk full')
  })

  it.each([[undefined], [{}], [{ createInbox() {} }], [{ createInbox() {}, advance: 1 }]])('refuses %j', (options) => {
    expect(() => inboxContract(options as never)).toThrow(TypeError)
  })
})
