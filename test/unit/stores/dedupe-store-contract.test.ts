import { join } from 'node:path'
import { describe, it } from 'vitest'
import { createMemoryDedupeStore } from '../../../src/stores/dedupe/memory-dedupe-store.ts'
import { createRedisDedupeStore } from '../../../src/stores/dedupe/redis-dedupe-store.ts'
import { createSqliteDedupeStore, type SqliteDedupeStore } from '../../../src/stores/dedupe/sqlite-dedupe-store.node.ts'
import { dedupeStoreContract } from '../../../src/testing/dedupe-store-contract.ts'
import { ageKeys, describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../support/redis.ts'
import { tempFolder } from '../../support/temp-folder.ts'

let now = 0
const clock = {
  now: () => now,
  advance: (ms: number) => {
    now += ms
  },
}

describe('the contract of a dedupe store, kept by the one in memory', () => {
  const contract = dedupeStoreContract({
    createStore: ({ ttlMs }) => createMemoryDedupeStore({ ttlMs, now: clock.now }),
    advance: clock.advance,
    shared: false,
  })
  for (const { name, run } of contract) it(name, run)
})

describe('the contract of a dedupe store, kept by the one in SQLite', () => {
  let folder: string
  const contract = dedupeStoreContract({
    createStore: ({ name, ...settings }) =>
      createSqliteDedupeStore({ path: join(folder, name), now: clock.now, ...settings }),
    advance: clock.advance,
    closeStore: (store) => (store as SqliteDedupeStore).close(),
  })
  for (const { name, run } of contract) {
    it(name, async () => {
      folder = tempFolder()
      await run()
    })
  }
})

const clients = { redis: openNodeRedis, ioredis: openIoRedis }

for (const [name, open] of Object.entries(clients)) {
  describeWithRedis(`the contract of a dedupe store, kept by the one in Redis, through ${name}`, () => {
    let prefix: string
    const contract = dedupeStoreContract({
      createStore: async (settings) =>
        createRedisDedupeStore(await open(), { ...settings, prefix: `${prefix}:${settings.name}:` }),
      advance: (ms) => ageKeys(prefix, ms),
    })
    for (const { name, run } of contract) {
      it(name, async () => {
        prefix = newPrefix()
        await run()
      })
    }
  })
}
