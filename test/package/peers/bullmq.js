// The contract of an inbox, by BullMQ.
import { setTimeout } from 'node:timers/promises'
import { createBullMqInbox } from 'x-account-activity/stores/bullmq'
import { inboxContract } from 'x-account-activity/testing'
import { runCases } from './run-cases.js'

const { hostname: host, port } = new URL(process.env.X_AAA_TEST_REDIS_URL)
await runCases(
  inboxContract({
    createInbox: ({ name: queueName, ...settings }) =>
      createBullMqInbox({ connection: { host, port: Number(port) }, queueName, ...settings }),
    // Redis and BullMQ go by real time.
    advance: (ms) => setTimeout(ms),
  }),
)
process.exit()
