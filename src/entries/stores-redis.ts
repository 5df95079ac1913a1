/**
 * A dedupe store in Redis, for receivers on several machines.
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { Claim, DedupeStore } from '../stores/dedupe/dedupe-store.ts'
export type { IoRedisClient, NodeRedisClient } from '../stores/dedupe/redis-client.ts'
export { createRedisDedupeStore, type RedisDedupeStoreOptions } from '../stores/dedupe/redis-dedupe-store.ts'
