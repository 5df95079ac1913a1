import { expect, it } from 'vitest'
import type { FollowEvent } from 'x-account-activity'
import { createRedisDedupeStore } from '../../../../src/stores/dedupe/redis-dedupe-store.ts'
import { describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../../support/redis.ts'
import { createMachine, deliver, follows } from '../../../support/two-machines.ts'

describeWithRedis('createRedisDedupeStore, with the receivers of two machines', () => {
  it('lets one of them handle each event when both get all deliveries', async () => {
    const prefix = newPrefix()
    const handled: string[] = []
    let failures = 0
    const follow = async (event: FollowEvent) => {
      await Promise.resolve()
      // Every seventh attempt fails. After that, either machine may claim the event.
      if ((handled.length + failures) % 7 === 3) {
        failures += 1
        throw new Error('fails once')
      }
      handled.push(event.id)
    }
    const machines = [await openNodeRedis(), openIoRedis()].map((client) =>
      createMachine({ dedupe: createRedisDedupeStore(client, { prefix }), on: { follow } }),
    )
    await Promise.all(machines.flatMap((machine) => follows.map((body) => deliver(machine, body))))
    expect(failures).toBeGreaterThan(0)
    expect(handled).toHaveLength(follows.length)
    expect(new Set(handled).size).toBe(follows.length)
  })
})
