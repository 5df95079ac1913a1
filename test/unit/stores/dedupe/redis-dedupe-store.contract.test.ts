import { it } from 'vitest'
import { createRedisDedupeStore } from '../../../../src/stores/dedupe/redis-dedupe-store.ts'
import { dedupeStoreContract } from '../../../../src/testing/dedupe-store-contract.ts'
import { ageKeys, describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../../support/redis.ts'

const clients = { redis: openNodeRedis, ioredis: openIoRedis }

for (const [packageName, openClient] of Object.entries(clients)) {
  describeWithRedis(`createRedisDedupeStore, by the contract of a dedupe store, through ${packageName}`, () => {
    let prefix: string
    const contract = dedupeStoreContract({
      createStore: async (settings) =>
        createRedisDedupeStore(await openClient(), { ...settings, prefix: `${prefix}:${settings.name}:` }),
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
