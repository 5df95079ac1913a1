import { type DedupeStore, stateOfClaim } from '../stores/dedupe/dedupe-store.ts'
import { assertSame } from './contract-case.ts'

/** How long the stores of the cases remember events, and how long their claims last, in milliseconds. */
export const ttlMs = 1_000_000
export const claimTtlMs = 100_000

/** What a case uses. */
export interface DedupeStoreHarness {
  /** Opens the store again, as another process would do. */
  readonly open: () => Promise<DedupeStore>
  /** Lets time pass. */
  readonly pass: (ms: number) => Promise<void>
}

/** A case of the contract. Some cases use two stores that share their events, and in some cases time passes. */
export interface DedupeStoreCase {
  readonly name: string
  readonly needsSharing?: true
  readonly needsTime?: true
  readonly check: (harness: DedupeStoreHarness) => Promise<void>
}

/** Ids with a special meaning in some language or store. */
const hostileIds = [
  ...['a', 'A', 'a ', 'a:1', 'a%3A1', '__proto__', 'constructor', 'hasOwnProperty', '0', '-1', '*', '{a}', "'; --"],
  ...['\u0000', 'a\u0000', 'a\nb', 'é', 'e\u0301', '日本語', '🦆', 'a'.repeat(5000), `${'a'.repeat(4999)}b`],
]

export const dedupeStoreCases: readonly DedupeStoreCase[] = [
  {
    name: 'grants the first claim of an event',
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
    name: 'grants a claim of an event that was released',
    async check({ open }) {
      const store = await open()
      await expectClaims(store, ['a', 'claimed'])
      await store.release('a')
      await expectClaims(store, ['a', 'claimed'], ['a', 'in_progress'])
    },
  },
  {
    name: 'remembers an event that was committed twice, or without a claim',
    async check({ open }) {
      const store = await open()
      await store.commit('a')
      await store.commit('a')
      await expectClaims(store, ['a', 'done'])
    },
  },
  {
    name: 'ignores a release of an event that is done or not claimed',
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
    name: 'grants one of many claims at the same time',
    async check({ open }) {
      const store = await open()
      const found = await Promise.all(Array.from({ length: 25 }, async () => stateOfClaim(await store.claim('a'))))
      assertSame(found.filter((claim) => claim === 'claimed').length, 1, 'how many of 25 claims were granted')
    },
  },
  {
    name: 'distinguishes ids with any characters',
    async check({ open }) {
      const store = await open()
      for (const id of hostileIds) await expectClaims(store, [id, 'claimed'])
      for (const id of hostileIds) await store.commit(id)
      for (const id of hostileIds) await expectClaims(store, [id, 'done'])
    },
  },
  {
    name: 'forgets a handled event after its time to live, and not before',
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
    name: 'shares claims, commits and releases between processes',
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
    name: 'grants each of many events to one of two processes',
    needsSharing: true,
    async check({ open }) {
      const stores = [await open(), await open()]
      const ids = Array.from({ length: 50 }, (_, index) => `event-${index}`)
      const found = await Promise.all(
        ids.flatMap((id) => stores.map(async (store) => stateOfClaim(await store.claim(id)))),
      )
      assertSame(found.filter((claim) => claim === 'claimed').length, ids.length, 'how many claims were granted')
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
    name: 'grants an event to another process after the claim has expired, and not before',
    needsSharing: true,
    needsTime: true,
    async check({ open, pass }) {
      const [dead, other] = [await open(), await open()]
      await expectClaims(dead, ['a', 'claimed'])
      await pass(claimTtlMs * 0.9)
      await expectClaims(other, ['a', 'in_progress'])
      await pass(claimTtlMs * 0.1)
      await expectClaims(other, ['a', 'claimed'], ['a', 'in_progress'])
    },
  },
  {
    name: 'does not let a process release its event after its claim has expired',
    needsSharing: true,
    needsTime: true,
    async check({ open, pass }) {
      const [slow, other] = [await open(), await open()]
      await expectClaims(slow, ['a', 'claimed'])
      await pass(claimTtlMs)
      await expectClaims(other, ['a', 'claimed'])
      await slow.release('a')
      await expectClaims(slow, ['a', 'in_progress'])
      await other.commit('a')
      await slow.release('a')
      await expectClaims(slow, ['a', 'done'])
    },
  },
  {
    name: 'accepts a commit after the claim has expired',
    needsSharing: true,
    needsTime: true,
    async check({ open, pass }) {
      const [slow, other] = [await open(), await open()]
      await expectClaims(slow, ['a', 'claimed'])
      await pass(claimTtlMs)
      await expectClaims(other, ['a', 'claimed'])
      await slow.commit('a')
      await other.release('a')
      await expectClaims(other, ['a', 'done'])
    },
  },
  {
    name: 'gives each later claim of an event a higher token, and commits and releases with it',
    async check({ open }) {
      const store = await open()
      const first = await tokenOfClaim(store, 'a')
      if (first === undefined) return
      await store.release('a', first)
      const second = await tokenOfClaim(store, 'a')
      assertSame(Number(second) > first, true, 'whether the second token is higher')
      await store.release('a', first)
      await expectClaims(store, ['a', 'in_progress'])
      assertSame(await store.commit('a', first), false, 'a commit with the token of an earlier claim')
      await expectClaims(store, ['a', 'in_progress'])
      assertSame((await store.commit('a', second)) === false, false, 'whether a commit was refused')
      await expectClaims(store, ['a', 'done'])
    },
  },
  {
    name: 'does not let a claim expire that is renewed',
    needsSharing: true,
    needsTime: true,
    async check({ open, pass }) {
      const [owner, other] = [await open(), await open()]
      const token = await tokenOfClaim(owner, 'a')
      if (owner.renew === undefined || token === undefined) return
      for (let time = 0; time < 3; time += 1) {
        await pass(claimTtlMs * 0.9)
        assertSame(await owner.renew('a', token), true, 'whether the claim was renewed')
      }
      await pass(claimTtlMs * 0.9)
      await expectClaims(other, ['a', 'in_progress'])
      await owner.commit('a', token)
      await expectClaims(other, ['a', 'done'])
    },
  },
  {
    name: 'does not let a process renew, commit or release an event that another process has claimed since',
    needsSharing: true,
    needsTime: true,
    async check({ open, pass }) {
      const [paused, other] = [await open(), await open()]
      const lost = await tokenOfClaim(paused, 'a')
      if (paused.renew === undefined || lost === undefined) return
      await pass(claimTtlMs)
      const token = await tokenOfClaim(other, 'a')
      assertSame(Number(token) > lost, true, 'whether the token of the other process is higher')
      assertSame(await paused.renew('a', lost), false, 'whether the claim was renewed')
      assertSame(await paused.commit('a', lost), false, 'whether the claim was committed')
      await paused.release('a', lost)
      await expectClaims(paused, ['a', 'in_progress'])
      assertSame(await other.renew?.('a', Number(token)), true, 'whether the other process has kept its claim')
    },
  },
]

/** Claims an event; returns the token of the claim, or `undefined` when the store gives none. */
async function tokenOfClaim(store: DedupeStore, id: string): Promise<number | undefined> {
  const claim = await store.claim(id)
  assertSame(stateOfClaim(claim), 'claimed', `a claim of ${JSON.stringify(id)}`)
  return typeof claim === 'object' ? claim.token : undefined
}

async function expectClaims(store: DedupeStore, ...expected: readonly (readonly [string, string])[]): Promise<void> {
  for (const [id, claim] of expected) {
    assertSame(stateOfClaim(await store.claim(id)), claim, `a claim of ${JSON.stringify(id)}`)
  }
}
