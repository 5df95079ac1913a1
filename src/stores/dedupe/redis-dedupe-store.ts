import { assertInteger, assertObject, assertText } from '../../internal/assert.ts'
import { hourMs } from '../../internal/clock.ts'
import type { Claim, DedupeStore } from './dedupe-store.ts'
import { type IoRedisClient, type NodeRedisClient, readRedisClient } from './redis-client.ts'

/** Under which names a {@link createRedisDedupeStore} keeps its events, and how long. */
export interface RedisDedupeStoreOptions {
  /** What the keys begin with: `x-account-activity:event:` unless set. Receivers that share events share it, too. */
  readonly prefix?: string
  /** How long a handled event is remembered, in milliseconds. 25 hours unless set: a v2 replay reaches 24 hours back. */
  readonly ttlMs?: number
  /**
   * How long a claim stands when it is neither committed nor released, in milliseconds: 60,000 unless set. Longer than
   * any handler takes; and shorter than X's last retry, so that an event whose process died is handled when it comes.
   */
  readonly claimTtlMs?: number
}

const claims: readonly (Claim | undefined)[] = ['claimed', 'in_progress', 'done']

/** A key holds the name of the store that has claimed the event, and `done` once it is handled. */
const claimEvent = `
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
return redis.call('GET', KEYS[1]) == 'done' and 2 or 1`

/** Whoever has claimed it meanwhile: it is handled, and that is all that counts. */
const commitEvent = `redis.call('SET', KEYS[1], 'done', 'PX', ARGV[1])`

/** A claim that has run out may be somebody else's by now. */
const releaseEvent = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`

/**
 * A dedupe store in Redis, for receivers on several machines. It takes the client that you have, of `redis` (5 or later)
 * or `ioredis` (5 or later), and leaves opening and closing it to you.
 *
 * Each call is one step in Redis, so of two machines with the same event one gets it. The claims of a process that died
 * end with `claimTtlMs`. A handler that takes longer than that may find its event handled by another one too; it then
 * commits what is true, and releases nothing that is not its own. What Redis forgets (a restart without persistence, a
 * failover, an eviction) is forgotten here: use `maxmemory-policy noeviction`.
 *
 * @throws TypeError when `client` is of neither package, or an option is of the wrong type.
 * @throws RangeError when a number is not an integer of 1 or more.
 * @see https://redis.io/docs/latest/commands/set/
 *
 * @example
 * import { createClient } from 'redis'
 * import { createReceiver } from 'x-account-activity/receiver'
 * import { createRedisDedupeStore } from 'x-account-activity/stores/redis'
 *
 * const redis = await createClient({ url: 'redis://localhost:6379' }).connect()
 * const receiver = createReceiver({ consumerSecret: 'consumer-secret', dedupe: createRedisDedupeStore(redis) })
 */
export function createRedisDedupeStore(
  client: NodeRedisClient | IoRedisClient,
  options: RedisDedupeStoreOptions = {},
): DedupeStore {
  const run = readRedisClient(client)
  assertObject(options, 'options')
  const { prefix = 'x-account-activity:event:', ttlMs = 25 * hourMs, claimTtlMs = 60_000 } = options
  assertText(prefix, 'prefix')
  assertInteger(ttlMs, 'ttlMs', { min: 1 })
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 1 })
  const owner = crypto.randomUUID()

  return {
    async claim(id) {
      const claim = claims[Number(await run(claimEvent, prefix + id, owner, String(claimTtlMs)))]
      if (claim === undefined) throw new TypeError('Redis answered a claim with something else than 0, 1 or 2')
      return claim
    },
    async commit(id) {
      await run(commitEvent, prefix + id, String(ttlMs))
    },
    async release(id) {
      await run(releaseEvent, prefix + id, owner)
    },
  }
}
