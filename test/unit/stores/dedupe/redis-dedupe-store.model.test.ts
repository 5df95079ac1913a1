import fc from 'fast-check'
import { it } from 'vitest'
import { createRedisDedupeStore } from '../../../../src/stores/dedupe/redis-dedupe-store.ts'
import { claimTtlMs, compareWithModel, stepsOf, ttlMs } from '../../../support/dedupe-store-model.ts'
import { ageKeys, describeWithRedis, newPrefix, openNodeRedis } from '../../../support/redis.ts'

describeWithRedis('createRedisDedupeStore', () => {
  it('answers any order of claims, commits, releases and crashes as the model does', { timeout: 60_000 }, async () => {
    const client = await openNodeRedis()
    await fc.assert(
      fc.asyncProperty(stepsOf(3), async (steps) => {
        const prefix = newPrefix()
        const open = () => createRedisDedupeStore(client, { prefix, ttlMs, claimTtlMs })
        await compareWithModel(steps, { processes: 3, claimTtlMs, open, wait: (ms) => ageKeys(prefix, ms) })
      }),
      { numRuns: 60 },
    )
  })
})
