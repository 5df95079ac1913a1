// The contract of a dedupe store, with the client of the package ioredis.
import ioredis from 'ioredis'
import { createRedisDedupeStore } from 'x-account-activity/stores/redis'
import { dedupeStoreContract } from 'x-account-activity/testing'
import { runCases } from './run-cases.js'

// ioredis 5.0 is not found as a named export.
const Redis = ioredis.Redis ?? ioredis
const client = new Redis(process.env.X_AAA_TEST_REDIS_URL)
await runCases(
  dedupeStoreContract({
    createStore: ({ name, ...settings }) => createRedisDedupeStore(client, { ...settings, prefix: `${name}:` }),
  }),
)
await client.quit()
