import { describe, expect, it } from 'vitest'
import { createRedisDedupeStore } from '../../../../src/stores/dedupe/redis-dedupe-store.ts'
import { describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../../support/redis.ts'

describe('createRedisDedupeStore', () => {
  const ioredis = { defineCommand() {}, eval: async () => 0 }

  it.each([
    [undefined, '"client" must be an object, got undefined'],
    ['redis://localhost', '"client" must be an object, got string'],
    [{}, '"client.eval" must be a function, got undefined'],
    [{ eval() {} }, '"client" must be a client of the package "redis" or "ioredis"'],
  ])('refuses the client %j', (client, message) => {
    expect(() => createRedisDedupeStore(client as never)).toThrow(new TypeError(message))
  })

  it.each([
    [null, TypeError],
    [{ prefix: '' }, RangeError],
    [{ prefix: 1 }, TypeError],
    [{ ttlMs: 0 }, RangeError],
    [{ ttlMs: Number.NaN }, RangeError],
    [{ claimTtlMs: 0.5 }, RangeError],
    [{ claimTtlMs: '1' }, TypeError],
  ])('refuses the options %j', (options, type) => {
    expect(() => createRedisDedupeStore(ioredis, options as never)).toThrow(type)
  })

  it('rejects an answer that its script cannot give', async () => {
    const store = createRedisDedupeStore({ ...ioredis, eval: async () => 'OK' })
    await expect(store.claim('a')).rejects.toThrow(
      new TypeError('Redis answered a claim with something other than a token. Check the "client".'),
    )
  })

  it('passes errors of Redis on', async () => {
    const fail = () => Promise.reject(new Error('ECONNREFUSED'))
    const store = createRedisDedupeStore({ ...ioredis, eval: fail })
    for (const verb of ['claim', 'commit', 'release'] as const) {
      await expect(async () => store[verb]('a')).rejects.toThrow('ECONNREFUSED')
    }
  })
})

describeWithRedis('createRedisDedupeStore, on a Redis server', () => {
  it('lets claims expire after 20 seconds and events after 25 hours by default', async () => {
    const prefix = newPrefix()
    const client = openIoRedis()
    const store = createRedisDedupeStore(client, { prefix })
    await store.claim('a')
    expect(await client.pttl(`${prefix}a`)).toBeGreaterThan(19_000)
    expect(await client.pttl(`${prefix}a`)).toBeLessThanOrEqual(20_000)
    await store.commit('a')
    expect(await client.pttl(`${prefix}a`)).toBeGreaterThan(89_999_000)
    expect(await client.pttl(`${prefix}a`)).toBeLessThanOrEqual(90_000_000)
  })

  it('shares events between the clients of both packages', async () => {
    const options = { prefix: newPrefix() }
    const [one, other] = [
      createRedisDedupeStore(await openNodeRedis(), options),
      createRedisDedupeStore(openIoRedis(), options),
    ]
    expect(await one.claim('a')).toEqual({ state: 'claimed', token: expect.any(Number) })
    expect(await other.claim('a')).toBe('in_progress')
    await one.commit('a')
    expect(await other.claim('a')).toBe('done')
  })
})
