// The contract of a dedupe store, with the client of the package redis.
import { createClient } from 'redis'
import { createRedisDedupeStore } from 'x-account-activity/stores/redis'
import { dedupeStoreContract } from 'x-account-activity/testing'
import { runCases } from './run-cases.js'

const client = createClient({ url: process.env.X_AAA_TEST_REDIS_URL })
await client.connect()
await runCases(
  dedupeStoreContract({
    createStore: ({ name, ...settings }) => createRedisDedupeStore(client, { ...settings, prefix: `${name}:` }),
  }),
)
await client.quit()
