/**
 * A dedupe store and a recovery store in Redis, for processes on several machines.
 *
 * @module
 */
export type { Awaitable } from '../internal/awaitable.ts'
export type { Claim, ClaimWithToken, DedupeStore } from '../stores/dedupe/dedupe-store.ts'
export type { IoRedisClient, NodeRedisClient } from '../stores/dedupe/redis-client.ts'
export { createRedisDedupeStore, type RedisDedupeStoreOptions } from '../stores/dedupe/redis-dedupe-store.ts'
export type { RecoveryStore } from '../stores/recovery/recovery-store.ts'
export { createRedisRecoveryStore, type RedisRecoveryStoreOptions } from '../stores/recovery/redis-recovery-store.ts'
