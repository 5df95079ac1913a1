// The contracts of a dedupe store, of a recovery store and of an inbox, with a pool of the package pg.
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import {
  createPostgresDedupeStore,
  createPostgresInbox,
  createPostgresRecoveryStore,
} from 'x-account-activity/stores/postgres'
import { dedupeStoreContract, inboxContract, recoveryStoreContract } from 'x-account-activity/testing'
import { runCases } from './run-cases.js'

const client = new pg.Pool({ connectionString: process.env.X_AAA_TEST_POSTGRES_URL, max: 5 })
const tablePrefixOf = (name) => name.replaceAll('-', '_')
await runCases([
  ...dedupeStoreContract({
    createStore: ({ name, ...settings }) =>
      createPostgresDedupeStore({ client, tablePrefix: tablePrefixOf(name), ...settings }),
  }),
  ...recoveryStoreContract({
    createStore: ({ name }) => createPostgresRecoveryStore({ client, tablePrefix: tablePrefixOf(name) }),
  }),
  ...inboxContract({
    createInbox: ({ name, ...settings }) =>
      createPostgresInbox({ client, tablePrefix: tablePrefixOf(name), pollMs: 20, ...settings }),
    // The server goes by real time.
    advance: (ms) => setTimeout(ms),
  }),
])
process.exit()
