/**
 * A dedupe store in Redis, for receivers on several machines.
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { Claim, DedupeStore } from '../stores/dedupe-store.ts'
export type { IoRedisClient, NodeRedisClient } from '../stores/redis-client.ts'
export { createRedisDedupeStore, type RedisDedupeStoreOptions } from '../stores/redis-dedupe-store.ts'
