import { describe, expect, it } from 'vitest'
import { createRedisRecoveryStore } from '../../../../src/stores/recovery/redis-recovery-store.ts'
import { recoveryStoreContract } from '../../../../src/testing/recovery-store-contract.ts'
import { describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../../support/redis.ts'

const clients = { redis: openNodeRedis, ioredis: openIoRedis }

for (const [packageName, openClient] of Object.entries(clients)) {
  describeWithRedis(`createRedisRecoveryStore, by the contract of a recovery store, through ${packageName}`, () => {
    let prefix: string
    const contract = recoveryStoreContract({
      createStore: async ({ name }) => createRedisRecoveryStore(await openClient(), { prefix: `${prefix}:${name}:` }),
    })
    for (const { name, run } of contract) {
      it(name, async () => {
        prefix = newPrefix()
        await run()
      })
    }
  })
}

describe('createRedisRecoveryStore', () => {
  const client = { isOpen: true, eval: async () => null }

  it.each<[unknown, unknown, Error]>([
    [undefined, {}, new TypeError('"client" must be an object, got undefined')],
    [{}, {}, new TypeError('"client.eval" must be a function, got undefined')],
    [client, null, new TypeError('"options" must be an object, got null')],
    [client, { prefix: '' }, new RangeError('"prefix" must not be empty')],
  ])('refuses %j and %j', (given, options, error) => {
    expect(() => createRedisRecoveryStore(given as never, options as never)).toThrow(error)
  })
})
