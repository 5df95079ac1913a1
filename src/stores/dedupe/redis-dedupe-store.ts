import { assertInteger, assertObject, assertText } from '../../internal/assert.ts'
import { hourMs } from '../../internal/clock.ts'
import type { DedupeStore } from './dedupe-store.ts'
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
   * How long a claim lasts when it is neither renewed, committed nor released, in milliseconds: 1 or more. A receiver renews
   * the claims of handlers that run. After this time, another process can handle the events of a process that died.
   *
   * @defaultValue 20_000
   */
  readonly claimTtlMs?: number | undefined
}

/**
 * The value of a key is the token and the owner of the claim, or `done` once the event is handled. The token is the time of
 * Redis in microseconds: a claim lasts much longer, so a later claim has a higher one. A counter would need a second key,
 * which a Redis Cluster may have on another node.
 */
const claimEvent = `
local time = redis.call('TIME')
local token = string.format('%d%06d', time[1], time[2])
if redis.call('SET', KEYS[1], token .. ' ' .. ARGV[1], 'NX', 'PX', ARGV[2]) then return token end
return redis.call('GET', KEYS[1]) == 'done' and 'done' or 'in_progress'`

/** Without a token, it does not check the owner: the event is handled, whichever store owns the claim now. */
const commitEvent = `
if ARGV[2] ~= '' then
  local value = redis.call('GET', KEYS[1])
  if not value or string.sub(value, 1, #ARGV[2] + 1) ~= ARGV[2] .. ' ' then return 0 end
end
redis.call('SET', KEYS[1], 'done', 'PX', ARGV[1])
return 1`

/** Checks the owner: another store may have claimed the event after this claim expired. */
const releaseEvent = `
local value = redis.call('GET', KEYS[1])
local token, owner = string.match(value or '', '^(%d+) (.*)$')
if owner == ARGV[1] and (ARGV[2] == '' or ARGV[2] == token) then redis.call('DEL', KEYS[1]) end`

const renewEvent = `
if redis.call('GET', KEYS[1]) ~= ARGV[2] .. ' ' .. ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`

/**
 * Creates a dedupe store in Redis, for receivers on several machines. Pass a client of `redis` (5 or later) or `ioredis`
 * (5 or later); the store does not open or close it.
 *
 * Each call is atomic in Redis, so one of two machines with the same event gets it. The claims of a process that died
 * expire after `claimTtlMs`. A process that was paused for longer than that has lost its claims: another process may handle
 * the same events, and the signals of its own handlers fire. Events that Redis loses (a restart without
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
  const { prefix = 'x-account-activity:event:', ttlMs = 25 * hourMs, claimTtlMs = 20_000 } = options
  assertText(prefix, 'prefix')
  assertInteger(ttlMs, 'ttlMs', { min: 1 })
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 1 })
  const owner = crypto.randomUUID()

  return {
    claimTtlMs,
    async claim(id) {
      const answer = String(await run(claimEvent, prefix + id, owner, String(claimTtlMs)))
      if (answer === 'done' || answer === 'in_progress') return answer
      const token = Number(answer)
      if (!Number.isSafeInteger(token) || token < 1)
        throw new TypeError('Redis answered a claim with something other than a token. Check the "client".')
      return { state: 'claimed', token }
    },
    async commit(id, token) {
      return Number(await run(commitEvent, prefix + id, String(ttlMs), String(token ?? ''))) === 1
    },
    async release(id, token) {
      await run(releaseEvent, prefix + id, owner, String(token ?? ''))
    },
    async renew(id, token) {
      return Number(await run(renewEvent, prefix + id, owner, String(token), String(claimTtlMs))) === 1
    },
  }
}
