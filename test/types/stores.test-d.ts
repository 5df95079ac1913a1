import { Redis } from 'ioredis'
import { Pool } from 'pg'
import postgres from 'postgres'
import { createClient, createCluster } from 'redis'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type Awaitable,
  type Claim,
  type ClaimWithToken,
  createMemoryDedupeStore,
  createMemoryInbox,
  createReceiver,
  type DeadLetter,
  type DedupeStore,
  type Inbox,
  type InboxItem,
} from 'x-account-activity/receiver'
import { createBullMqInbox } from 'x-account-activity/stores/bullmq'
import { createPostgresDedupeStore, createPostgresInbox } from 'x-account-activity/stores/postgres'
import { createRedisDedupeStore } from 'x-account-activity/stores/redis'
import { createSqliteDedupeStore, createSqliteInbox } from 'x-account-activity/stores/sqlite'
import { type ContractCase, dedupeStoreContract, inboxContract } from 'x-account-activity/testing'

declare const inbox: Inbox
declare const store: DedupeStore
declare const letter: DeadLetter

describe('dedupe stores', () => {
  test('are accepted by a receiver', () => {
    const stores = [
      createMemoryDedupeStore({ maxEntries: 10, ttlMs: undefined, now: undefined }),
      createSqliteDedupeStore({ path: 'events.db', synchronous: 'normal', claimTtlMs: undefined }),
      createRedisDedupeStore(new Redis(), { prefix: undefined }),
      createRedisDedupeStore(createClient()),
      createRedisDedupeStore(createCluster({ rootNodes: [] })),
      createPostgresDedupeStore({ client: new Pool() }),
      createPostgresDedupeStore({ client: postgres(), tablePrefix: undefined }),
    ]
    for (const dedupe of stores) createReceiver({ consumerSecret: 's', dedupe })
  })

  test('may be synchronous or asynchronous', () => {
    const done = new Set<string>()
    const own: DedupeStore = {
      claim: async (id) => (done.has(id) ? 'done' : 'claimed'),
      commit: (id) => void done.add(id),
      release: async () => {},
    }
    createReceiver({ consumerSecret: 's', dedupe: own })
    // @ts-expect-error a claim has one of three answers
    createReceiver({ consumerSecret: 's', dedupe: { ...own, claim: () => true } })
    const withTokens: DedupeStore = {
      ...own,
      claimTtlMs: 1,
      claim: () => ({ state: 'claimed', token: 1 }),
      renew: async (_id: string, _token: number) => true,
    }
    createReceiver({ consumerSecret: 's', dedupe: withTokens })
    expectTypeOf(store.claim('1')).toEqualTypeOf<Awaitable<Claim | ClaimWithToken>>()
    expectTypeOf<Claim>().toEqualTypeOf<'claimed' | 'in_progress' | 'done'>()
  })

  test('refuse wrong options', () => {
    // @ts-expect-error the path is required
    createSqliteDedupeStore({})
    // @ts-expect-error a dedupe store measures no intervals, so it takes no sleep
    createSqliteDedupeStore({ path: 'events.db', sleep: async () => {} })
    // @ts-expect-error a URL is not a client
    createPostgresInbox({ client: 'postgres://localhost' })
    // @ts-expect-error a URL is not a client
    createRedisDedupeStore('redis://localhost')
  })
})

describe('inboxes', () => {
  test('are accepted by a receiver', () => {
    const inboxes = [
      createMemoryInbox({ maxAttempts: 3, backoff: { baseMs: 10, random: undefined } }),
      createSqliteInbox({ path: 'events.db', claimTtlMs: undefined, pollMs: undefined }),
      createBullMqInbox({ connection: { host: 'localhost' }, queueName: undefined }),
      createBullMqInbox({ connection: new Redis() }),
      createPostgresInbox({ client: new Pool(), createTables: false }),
      createPostgresInbox({ client: postgres() }),
    ]
    for (const one of inboxes) createReceiver({ consumerSecret: 's', inbox: one })
  })

  test('wait with a sleep, as clients and recoveries do', () => {
    const sleep = async (_ms: number, _signal?: AbortSignal) => {}
    createMemoryInbox({ now: () => 0, sleep })
    createSqliteInbox({ path: ':memory:', now: undefined, sleep: undefined })
    // @ts-expect-error BullMQ has timers of its own
    createBullMqInbox({ connection: {}, sleep })
    // @ts-expect-error a sleep resolves later, it does not schedule a call
    createMemoryInbox({ sleep: (run: () => void, ms: number) => setTimeout(run, ms) })
  })

  test('hand items to a handler with a signal', () => {
    const handle = async (item: InboxItem, signal: AbortSignal) => {
      expectTypeOf(item.orderingKey).toEqualTypeOf<string | undefined>()
      expectTypeOf(signal.aborted).toEqualTypeOf<boolean>()
    }
    expectTypeOf(inbox.run(handle, { concurrency: 1, onError() {} }).stop).toEqualTypeOf<() => Promise<void>>()
    // @ts-expect-error the handler returns a promise, so that the inbox knows when it has ended
    inbox.run(() => {}, { concurrency: 1, onError() {} })
    // @ts-expect-error the errors of an inbox must go somewhere
    inbox.run(handle, { concurrency: 1 })
  })

  test('keep the item and the error of a dead letter', () => {
    expectTypeOf(letter).toExtend<{ id: string; body: string; attempts: number; error: string }>()
    // @ts-expect-error a dead letter has no next attempt
    letter.attempt
  })
})

describe('the contracts', () => {
  test('are cases for stores and inboxes of your own', () => {
    const cases = dedupeStoreContract({ createStore: async () => store, shared: undefined, advance: undefined })
    expectTypeOf(cases).toEqualTypeOf<readonly ContractCase[]>()
    expectTypeOf(inboxContract({ createInbox: () => inbox, advance: (ms) => ms })).toEqualTypeOf(cases)
    // @ts-expect-error time must pass for an inbox
    inboxContract({ createInbox: () => inbox })
  })
})
