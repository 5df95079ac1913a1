import type { DedupeStore } from '../stores/dedupe/dedupe-store.ts'
import { assertSame } from './contract-case.ts'

/** How long the stores of the cases remember, and how long their claims stand. */
export const ttlMs = 1_000_000
export const claimTtlMs = 100_000

/** Where a case plays. */
export interface DedupeStoreStage {
  /** A process more that has opened the store. */
  readonly open: () => Promise<DedupeStore>
  readonly pass: (ms: number) => Promise<void>
}

/** A case; some take two stores that share their events, or time. */
export interface DedupeStoreCase {
  readonly name: string
  readonly needsSharing?: true
  readonly needsTime?: true
  readonly check: (stage: DedupeStoreStage) => Promise<void>
}

/** Ids that are somebody's syntax. */
const hostileIds = [
  ...['a', 'A', 'a ', 'a:1', 'a%3A1', '__proto__', 'constructor', 'hasOwnProperty', '0', '-1', '*', '{a}', "'; --"],
  ...['\u0000', 'a\u0000', 'a\nb', 'é', 'e\u0301', '日本語', '🦆', 'a'.repeat(5000), `${'a'.repeat(4999)}b`],
]

export const dedupeStoreCases: readonly DedupeStoreCase[] = [
  {
    name: 'gives an event to the first one who claims it',
    async check({ open }) {
      const store = await open()
      await expectClaims(store, ['a', 'claimed'], ['a', 'in_progress'], ['b', 'claimed'], ['a', 'in_progress'])
    },
  },
  {
    name: 'remembers an event that was committed',
    async check({ open }) {
      const store = await open()
      await expectClaims(store, ['a', 'claimed'])
      await store.commit('a')
      await expectClaims(store, ['a', 'done'], ['a', 'done'])
    },
  },
  {
    name: 'gives an event again that was released',
    async check({ open }) {
      const store = await open()
      await expectClaims(store, ['a', 'claimed'])
      await store.release('a')
      await expectClaims(store, ['a', 'claimed'], ['a', 'in_progress'])
    },
  },
  {
    name: 'remembers what was committed twice, or without a claim',
    async check({ open }) {
      const store = await open()
      await store.commit('a')
      await store.commit('a')
      await expectClaims(store, ['a', 'done'])
    },
  },
  {
    name: 'forgets nothing when an event is released that is done, or that nobody has',
    async check({ open }) {
      const store = await open()
      await store.release('a')
      await expectClaims(store, ['a', 'claimed'])
      await store.commit('a')
      await store.release('a')
      await expectClaims(store, ['a', 'done'])
    },
  },
  {
    name: 'gives an event to one of many who claim it at the same time',
    async check({ open }) {
      const store = await open()
      const found = await Promise.all(Array.from({ length: 25 }, async () => store.claim('a')))
      assertSame(found.filter((claim) => claim === 'claimed').length, 1, 'how many of 25 got the event')
    },
  },
  {
    name: 'keeps ids apart, whatever is in them',
    async check({ open }) {
      const store = await open()
      for (const id of hostileIds) await expectClaims(store, [id, 'claimed'])
      for (const id of hostileIds) await store.commit(id)
      for (const id of hostileIds) await expectClaims(store, [id, 'done'])
    },
  },
  {
    name: 'forgets a handled event after its time, and not before',
    needsTime: true,
    async check({ open, pass }) {
      const store = await open()
      await expectClaims(store, ['a', 'claimed'])
      await store.commit('a')
      await pass(ttlMs * 0.9)
      await expectClaims(store, ['a', 'done'])
      await pass(ttlMs * 0.1)
      await expectClaims(store, ['a', 'claimed'])
    },
  },
  {
    name: 'tells every process of claims, commits and releases',
    needsSharing: true,
    async check({ open }) {
      const [one, other] = [await open(), await open()]
      await expectClaims(one, ['a', 'claimed'], ['b', 'claimed'])
      await expectClaims(other, ['a', 'in_progress'], ['b', 'in_progress'])
      await one.commit('a')
      await one.release('b')
      await expectClaims(other, ['a', 'done'], ['b', 'claimed'])
    },
  },
  {
    name: 'gives each of many events to one of two processes',
    needsSharing: true,
    async check({ open }) {
      const stores = [await open(), await open()]
      const ids = Array.from({ length: 50 }, (_, index) => `event-${index}`)
      const found = await Promise.all(ids.flatMap((id) => stores.map(async (store) => store.claim(id))))
      assertSame(found.filter((claim) => claim === 'claimed').length, ids.length, 'claims that were granted')
    },
  },
  {
    name: 'does not let one process release the claim of another',
    needsSharing: true,
    async check({ open }) {
      const [owner, other] = [await open(), await open()]
      await expectClaims(owner, ['a', 'claimed'])
      await other.release('a')
      await expectClaims(other, ['a', 'in_progress'])
    },
  },
  {
    name: 'gives an event away whose owner has been silent for too long, and not before',
    needsSharing: true,
    needsTime: true,
    async check({ open, pass }) {
      const [dead, heir] = [await open(), await open()]
      await expectClaims(dead, ['a', 'claimed'])
      await pass(claimTtlMs * 0.9)
      await expectClaims(heir, ['a', 'in_progress'])
      await pass(claimTtlMs * 0.1)
      await expectClaims(heir, ['a', 'claimed'], ['a', 'in_progress'])
    },
  },
  {
    name: 'does not let a slow process undo what another has made of its event',
    needsSharing: true,
    needsTime: true,
    async check({ open, pass }) {
      const [slow, heir] = [await open(), await open()]
      await expectClaims(slow, ['a', 'claimed'])
      await pass(claimTtlMs)
      await expectClaims(heir, ['a', 'claimed'])
      await slow.release('a')
      await expectClaims(slow, ['a', 'in_progress'])
      await heir.commit('a')
      await slow.release('a')
      await expectClaims(slow, ['a', 'done'])
    },
  },
  {
    name: 'believes a slow process that it has handled its event after all',
    needsSharing: true,
    needsTime: true,
    async check({ open, pass }) {
      const [slow, heir] = [await open(), await open()]
      await expectClaims(slow, ['a', 'claimed'])
      await pass(claimTtlMs)
      await expectClaims(heir, ['a', 'claimed'])
      await slow.commit('a')
      await heir.release('a')
      await expectClaims(heir, ['a', 'done'])
    },
  },
]

async function expectClaims(store: DedupeStore, ...expected: readonly (readonly [string, string])[]): Promise<void> {
  for (const [id, claim] of expected) assertSame(await store.claim(id), claim, `a claim of ${JSON.stringify(id)}`)
}
