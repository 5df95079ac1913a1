/**
 * Prints the memory and the time that each dedupe store takes for a million events: `npm run bench:stores`. Redis is
 * measured if X_AAA_TEST_REDIS_URL is the URL of a server that has no other clients.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { createMemoryDedupeStore, type DedupeStore } from 'x-account-activity/receiver'
import { createRedisDedupeStore } from 'x-account-activity/stores/redis'
import { createSqliteDedupeStore } from 'x-account-activity/stores/sqlite'

const events = 1_000_000

/** Ids with the length and the form of real ones. */
const idOf = (number: number) =>
  `tweet_create:11000000000000000${number % 100}:${1_990_000_000_000_000_000n + BigInt(number)}`

interface Measured {
  readonly store: DedupeStore
  /** The number of bytes in use. */
  readonly bytes: () => number | Promise<number>
  readonly close: () => unknown
  /**
   * The number of calls that run at the same time.
   *
   * @defaultValue 1
   */
  readonly concurrency?: number
}

function inMemory(): Measured {
  const bytes = () => {
    globalThis.gc?.()
    return process.memoryUsage().heapUsed
  }
  return { store: createMemoryDedupeStore({ maxEntries: events }), bytes, close() {} }
}

async function inSqlite(synchronous: 'full' | 'normal'): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'x-account-activity-'))
  const path = join(folder, 'events.db')
  const store = createSqliteDedupeStore({ path, synchronous })
  const bytes = async () => (await stat(path)).size
  const close = async () => {
    store.close()
    await rm(folder, { recursive: true })
  }
  return { store, bytes, close }
}

async function inRedis(url: string): Promise<Measured> {
  const client = await createClient({ url }).connect()
  const prefix = `bench-${Date.now()}:`
  const bytes = async () => Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])
  const close = async () => {
    for await (const keys of client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1000 })) await client.unlink(keys)
    await client.close()
  }
  return { store: createRedisDedupeStore(client, { prefix }), bytes, close, concurrency: 500 }
}

async function measure(
  name: string,
  { store, bytes, close, concurrency = 1 }: Measured,
  count = events,
): Promise<void> {
  const before = await bytes()
  const startedAt = performance.now()
  for (let first = 0; first < count; first += concurrency) {
    const ids = Array.from({ length: concurrency }, (_, index) => idOf(first + index))
    await Promise.all(ids.map((id) => store.claim(id)))
    await Promise.all(ids.map((id) => store.commit(id)))
  }
  const microseconds = ((performance.now() - startedAt) * 1000) / count
  const megabytes = ((((await bytes()) - before) / count) * 1_000_000) / 1e6
  await close()
  console.log(`${name.padEnd(52)}${megabytes.toFixed(0).padStart(8)} MB${microseconds.toFixed(1).padStart(10)} µs`)
}

console.log(
  `\nDedupe stores on Node.js ${process.version}: memory per million events, and time per claim and commit of one\n`,
)
await measure('memory', inMemory())
// Fewer events are enough here: these stores wait for the disk.
await measure('SQLite, synchronous: normal (file)', await inSqlite('normal'), events / 5)
await measure('SQLite, synchronous: full (file)', await inSqlite('full'), events / 10)
const url = process.env.X_AAA_TEST_REDIS_URL
if (url === undefined) console.log('Redis: NOT MEASURED. X_AAA_TEST_REDIS_URL is not set.')
else await measure('Redis, 500 events at a time (used_memory)', await inRedis(url))
console.log()
