import { setTimeout } from 'node:timers/promises'
import { it } from 'vitest'
import { createBullMqInbox } from '../../../../src/stores/inbox/bullmq-inbox.ts'
import { inboxContract } from '../../../../src/testing/inbox-contract.ts'
import { describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../../support/redis.ts'

const clients = { ioredis: openIoRedis, redis: openNodeRedis }

for (const [packageName, openClient] of Object.entries(clients)) {
  describeWithRedis(`createBullMqInbox, by the contract of an inbox, through ${packageName}`, () => {
    let prefix: string
    let connection: Awaited<ReturnType<typeof openClient>>
    const contract = inboxContract({
      createInbox: ({ name: queueName, ...settings }) =>
        createBullMqInbox({ connection, prefix, queueName, ...settings }),
      // Redis and BullMQ use real time. The delays of the contract are a few milliseconds.
      advance: (ms) => setTimeout(ms),
    })
    for (const { name, run } of contract) {
      it(name, async () => {
        prefix = newPrefix()
        connection = await openClient()
        await run()
      })
    }
  })
}
