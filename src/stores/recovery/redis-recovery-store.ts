import { assertObject, assertText } from '../../internal/assert.ts'
import { type IoRedisClient, type NodeRedisClient, readRedisClient } from '../dedupe/redis-client.ts'
import type { RecoveryStore } from './recovery-store.ts'

/** Options of {@link createRedisRecoveryStore}. */
export interface RedisRecoveryStoreOptions {
  /**
   * The prefix of all Redis keys. Recoveries with the same prefix and the same webhook share what they know.
   *
   * @defaultValue `x-account-activity:recovery:`
   */
  readonly prefix?: string | undefined
}

const getValue = `return redis.call('GET', KEYS[1])`

const setValue = `redis.call('SET', KEYS[1], ARGV[1])`

/** The third value says whether the key is expected to be absent. */
const replaceValue = `
local current = redis.call('GET', KEYS[1])
if ARGV[3] == '1' then
  if current then return 0 end
elseif current ~= ARGV[2] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1])
return 1`

/**
 * Creates a recovery store in Redis, for processes on several machines. Pass a client of `redis` (5 or later) or `ioredis`
 * (5 or later); the store does not open or close it.
 *
 * Redis must keep what it has confirmed (`appendonly yes`), and must not evict keys (`maxmemory-policy noeviction`): if it
 * loses the state, an outage that it knew of is not recovered.
 *
 * @throws TypeError when `client` comes from neither package, or an option is of the wrong type.
 * @throws RangeError when `prefix` is empty.
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
 *
 * @example
 * import { createClient } from 'redis'
 * import { createRedisRecoveryStore } from 'x-account-activity/stores/redis'
 *
 * const redis = await createClient({ url: 'redis://localhost:6379' }).connect()
 * const store = createRedisRecoveryStore(redis)
 */
export function createRedisRecoveryStore(
  client: NodeRedisClient | IoRedisClient,
  options: RedisRecoveryStoreOptions = {},
): RecoveryStore {
  const run = readRedisClient(client)
  assertObject(options, 'options')
  const { prefix = 'x-account-activity:recovery:' } = options
  assertText(prefix, 'prefix')
  return {
    async get(key) {
      const text = await run(getValue, prefix + key)
      return text === null ? undefined : JSON.parse(String(text))
    },
    async set(key, value) {
      await run(setValue, prefix + key, JSON.stringify(value))
    },
    async compareAndSet(key, before, after) {
      const isAbsent = before === undefined
      const texts = [JSON.stringify(after), isAbsent ? '' : JSON.stringify(before), isAbsent ? '1' : '0']
      return Number(await run(replaceValue, prefix + key, ...texts)) === 1
    },
  }
}
