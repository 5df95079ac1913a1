import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Awaitable } from '../../../src/internal/awaitable.ts'
import type { Claim, DedupeStore } from '../../../src/stores/dedupe/dedupe-store.ts'
import { createMemoryDedupeStore } from '../../../src/stores/dedupe/memory-dedupe-store.ts'
import { createRedisDedupeStore } from '../../../src/stores/dedupe/redis-dedupe-store.ts'
import { createSqliteDedupeStore, type SqliteDedupeStore } from '../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import { ageKeys, describeWithRedis, newPrefix, openNodeRedis } from '../../support/redis.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** Nothing comes near these by chance of a slow machine: steps of time are half of them. */
const ttlMs = 1_000_000
const shortClaims = 400_000

/** One step of one of the processes. */
type Step =
  | { readonly act: 'claim' | 'commit' | 'release'; readonly process: number; readonly id: string }
  | { readonly act: 'crash'; readonly process: number }
  | { readonly act: 'wait'; readonly ms: number }

const stepsOf = (processes: number) =>
  fc.array(
    fc.oneof(
      {
        weight: 12,
        arbitrary: fc.record({
          act: fc.constantFrom('claim' as const, 'commit' as const, 'release' as const),
          process: fc.nat(processes - 1),
          id: fc.constantFrom('a', 'b'),
        }),
      },
      { weight: 2, arbitrary: fc.record({ act: fc.constant('crash' as const), process: fc.nat(processes - 1) }) },
      { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), ms: fc.constantFrom(200_000, 500_000) }) },
    ),
    { maxLength: 30 },
  )

/** What a dedupe store is, said as plainly as can be: who has an event, until when. */
function createModel(claimTtlMs: number) {
  let now = 0
  const events = new Map<string, { owner: symbol | 'nobody, it is handled'; until: number }>()
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
      if (event !== undefined) return typeof event.owner === 'symbol' ? 'in_progress' : 'done'
      events.set(id, { owner, until: now + claimTtlMs })
      return 'claimed'
    },
    commit: (id: string) => void events.set(id, { owner: 'nobody, it is handled', until: now + ttlMs }),
    release: (id: string, owner: symbol) => void (find(id)?.owner === owner && events.delete(id)),
  }
}

interface World {
  readonly processes: number
  readonly claimTtlMs: number
  /** A process that starts: all of them share one storage. */
  readonly open: () => Awaitable<DedupeStore>
  readonly wait: (ms: number) => Awaitable<void>
}

/** Plays the steps, and has each answer of the store compared with that of the model. */
async function play(steps: readonly Step[], { processes, claimTtlMs, open, wait }: World): Promise<void> {
  const model = createModel(claimTtlMs)
  const start = async () => ({ store: await open(), owner: Symbol('process') })
  const running = await Promise.all(Array.from({ length: processes }, start))
  const at = (index: number) => running[index] ?? expect.unreachable()
  for (const step of steps) {
    if (step.act === 'wait') {
      await wait(step.ms)
      model.wait(step.ms)
    } else if (step.act === 'crash') {
      running[step.process] = await start()
    } else {
      const { store, owner } = at(step.process)
      expect((await store[step.act](step.id)) ?? undefined).toBe(model[step.act](step.id, owner) ?? undefined)
    }
  }
  for (const id of ['a', 'b']) expect(await at(0).store.claim(id)).toBe(model.claim(id, at(0).owner))
}

function createClock() {
  let time = 0
  return {
    now: () => time,
    wait: (ms: number) => {
      time += ms
    },
  }
}

describe('every order of claims, commits, releases, crashes and time', () => {
  it('comes out in SQLite as in the model', { timeout: 60_000 }, async () => {
    const folder = tempFolder()
    await fc.assert(
      fc.asyncProperty(stepsOf(3), async (steps) => {
        const clock = createClock()
        const stores: SqliteDedupeStore[] = []
        const path = join(folder, randomUUID())
        const open = () => {
          const options = { path, ttlMs, claimTtlMs: shortClaims, synchronous: 'normal', now: clock.now } as const
          stores.push(createSqliteDedupeStore(options))
          return stores.at(-1) ?? expect.unreachable()
        }
        await play(steps, { processes: 3, claimTtlMs: shortClaims, open, wait: clock.wait })
        for (const store of stores) store.close()
      }),
      { numRuns: 100 },
    )
  })

  it('comes out in memory as in the model, for the one process that there is, whose claims end with it', async () => {
    await fc.assert(
      fc.asyncProperty(stepsOf(1), async (steps) => {
        const { now, wait } = createClock()
        const open = () => createMemoryDedupeStore({ ttlMs, now })
        const ofOneLife = steps.filter(({ act }) => act !== 'crash')
        await play(ofOneLife, { processes: 1, claimTtlMs: Number.POSITIVE_INFINITY, open, wait })
      }),
      { numRuns: 300 },
    )
  })
})

describeWithRedis('every order of claims, commits, releases, crashes and time, in Redis', () => {
  it('comes out as in the model', { timeout: 60_000 }, async () => {
    const client = await openNodeRedis()
    await fc.assert(
      fc.asyncProperty(stepsOf(3), async (steps) => {
        const prefix = newPrefix()
        const open = () => createRedisDedupeStore(client, { prefix, ttlMs, claimTtlMs: shortClaims })
        await play(steps, { processes: 3, claimTtlMs: shortClaims, open, wait: (ms) => ageKeys(prefix, ms) })
      }),
      { numRuns: 60 },
    )
  })
})
