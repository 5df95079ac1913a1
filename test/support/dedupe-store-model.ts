import fc from 'fast-check'
import { expect } from 'vitest'
import type { Awaitable } from 'x-account-activity/receiver'
import { type Claim, type DedupeStore, stateOfClaim } from '../../src/stores/dedupe/dedupe-store.ts'

/** The times of the stores. The steps of time are about half of them, so that a slow machine does not matter. */
export const ttlMs = 1_000_000
export const claimTtlMs = 400_000

/** One step of one of the processes that share a store. */
type Step =
  | { readonly action: 'claim' | 'commit' | 'release'; readonly process: number; readonly id: string }
  | { readonly action: 'crash'; readonly process: number }
  | { readonly action: 'wait'; readonly ms: number }

/** Any sequence of steps of a number of processes. */
export const stepsOf = (processes: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 12,
        arbitrary: fc.record({
          action: fc.constantFrom('claim' as const, 'commit' as const, 'release' as const),
          process: fc.nat(processes - 1),
          id: fc.constantFrom('a', 'b'),
        }),
      },
      { weight: 2, arbitrary: fc.record({ action: fc.constant('crash' as const), process: fc.nat(processes - 1) }) },
      {
        weight: 3,
        arbitrary: fc.record({ action: fc.constant('wait' as const), ms: fc.constantFrom(200_000, 500_000) }),
      },
    ),
    { maxLength: 30 },
  )

/** A model of a dedupe store: who owns an event, and until when. */
function createModel(claimTtlMs: number) {
  let now = 0
  const events = new Map<string, { owner: symbol | 'done'; until: number }>()
  const find = (id: string) => {
    const event = events.get(id)
    return event !== undefined && event.until > now ? event : undefined
  }
  return {
    wait: (ms: number) => {
      now += ms
    },
    claim(id: string, owner: symbol): Claim {
      const event = find(id)
      if (event !== undefined) return event.owner === 'done' ? 'done' : 'in_progress'
      events.set(id, { owner, until: now + claimTtlMs })
      return 'claimed'
    },
    commit: (id: string) => void events.set(id, { owner: 'done', until: now + ttlMs }),
    release: (id: string, owner: symbol) => void (find(id)?.owner === owner && events.delete(id)),
  }
}

/** The store under test. */
export interface StoreUnderTest {
  readonly processes: number
  /** How long claims last, in milliseconds. */
  readonly claimTtlMs: number
  /** Opens the store, as a process does when it starts. All processes share their events. */
  readonly open: () => Awaitable<DedupeStore>
  readonly wait: (ms: number) => Awaitable<void>
}

/** Runs the steps on a store and on the model, and compares each answer. */
export async function compareWithModel(steps: readonly Step[], store: StoreUnderTest): Promise<void> {
  const model = createModel(store.claimTtlMs)
  const start = async () => ({ store: await store.open(), owner: Symbol('process') })
  const running = await Promise.all(Array.from({ length: store.processes }, start))
  const processAt = (index: number) => running[index] ?? expect.unreachable()
  for (const step of steps) {
    if (step.action === 'wait') {
      await store.wait(step.ms)
      model.wait(step.ms)
    } else if (step.action === 'crash') {
      running[step.process] = await start()
    } else {
      const { store, owner } = processAt(step.process)
      const answer = await store[step.action](step.id)
      const expected = model[step.action](step.id, owner)
      if (step.action === 'claim') expect(stateOfClaim(answer as Claim)).toBe(expected)
    }
  }
  const first = processAt(0)
  for (const id of ['a', 'b']) expect(stateOfClaim(await first.store.claim(id))).toBe(model.claim(id, first.owner))
}
