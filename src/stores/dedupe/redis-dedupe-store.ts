import { assertInteger, assertObject, assertText } from '../../internal/assert.ts'
import { hourMs } from '../../internal/clock.ts'
import type { Claim, DedupeStore } from './dedupe-store.ts'
import { type IoRedisClient, type NodeRedisClient, readRedisClient } from './redis-client.ts'

/** Options of {@link createRedisDedupeStore}. */
export interface RedisDedupeStoreOptions {
  /**
   * The prefix of all Redis keys. Receivers with the same prefix share their events.
   *
   * @defaultValue `x-account-activity:event:`
   */
  readonly prefix?: string | undefined
  /**
   * How long a handled event is remembered, in milliseconds: 1 or more. Make it longer than a replay reaches back: 24 hours
   * in v2, five days in the enterprise API.
   *
   * @defaultValue 90_000_000, which is 25 hours
   */
  readonly ttlMs?: number | undefined
  /**
   * How long a claim lasts when it is neither committed nor released, in milliseconds: 1 or more, and at least the
   * `handlerTimeoutMs` of the receiver. Make it longer than any handler takes, and shorter than X retries, so that the event
   * of a process that died is handled when X sends it again.
   *
   * @defaultValue 60_000
   */
  readonly claimTtlMs?: number | undefined
}

const claims: readonly (Claim | undefined)[] = ['claimed', 'in_progress', 'done']

/** The value of a key is the id of the store that has claimed the event, or `done` once it is handled. */
const claimEvent = `
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
return redis.call('GET', KEYS[1]) == 'done' and 2 or 1`

/** Does not check the owner of the claim: the event is handled, whichever store owns the claim now. */
const commitEvent = `redis.call('SET', KEYS[1], 'done', 'PX', ARGV[1])`

/** Checks the owner: another store may have claimed the event after this claim expired. */
const releaseEvent = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`

/**
 * Creates a dedupe store in Redis, for receivers on several machines. Pass a client of `redis` (5 or later) or `ioredis`
 * (5 or later); the store does not open or close it.
 *
 * Each call is atomic in Redis, so one of two machines with the same event gets it. The claims of a process that died
 * expire after `claimTtlMs`. When a handler takes longer than that, another process may handle the same event too; the slow
 * one can still commit it, but cannot release the claim of the other. Events that Redis loses (a restart without
 * persistence, a failover, an eviction) may be handled again: use `maxmemory-policy noeviction`.
 *
 * @throws TypeError when `client` comes from neither package, or an option is of the wrong type.
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
    claimTtlMs,
    async claim(id) {
      const claim = claims[Number(await run(claimEvent, prefix + id, owner, String(claimTtlMs)))]
      if (claim === undefined)
        throw new TypeError('Redis answered a claim with a value other than 0, 1 or 2. Check the "client".')
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
