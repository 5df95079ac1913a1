import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { createBullMqInbox } from '../../../src/stores/inbox/bullmq-inbox.ts'
import { createMemoryInbox } from '../../../src/stores/inbox/memory-inbox.ts'
import { createSqliteInbox } from '../../../src/stores/inbox/sqlite-inbox.node.ts'
import { inboxContract } from '../../../src/testing/inbox-contract.ts'
import { describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../support/redis.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('the contract of an inbox, kept by the one in memory', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const createInbox = (settings: object) => createMemoryInbox(settings)
  for (const { name, run } of inboxContract({ createInbox, advance, shared: false })) it(name, run)
})

describe('the contract of an inbox, kept by the one in SQLite', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  let folder: string
  const contract = inboxContract({
    createInbox: ({ name, ...settings }) => createSqliteInbox({ path: join(folder, name), ...settings }),
    advance,
  })
  for (const { name, run } of contract) {
    it(name, async () => {
      folder = tempFolder()
      await run()
    })
  }
})

const clients = { ioredis: openIoRedis, redis: openNodeRedis }

for (const [name, open] of Object.entries(clients)) {
  describeWithRedis(`the contract of an inbox, kept by the one on BullMQ, through ${name}`, () => {
    let prefix: string
    let connection: Awaited<ReturnType<typeof open>>
    const contract = inboxContract({
      createInbox: ({ name: queueName, ...settings }) =>
        createBullMqInbox({ connection, prefix, queueName, ...settings }),
      // Redis and BullMQ go by real time; the waits of the contract are a few milliseconds.
      advance: (ms) => setTimeout(ms),
    })
    for (const { name, run } of contract) {
      it(name, async () => {
        prefix = newPrefix()
        connection = await open()
        await run()
      })
    }
  })
}
