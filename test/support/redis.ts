import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { describe, it, onTestFinished } from 'vitest'

/** A Redis server to test against; `.ci/run` starts one. */
export const redisUrl = process.env.X_AAA_TEST_REDIS_URL ?? ''

/** Cases that take a real Redis server: skipped without one, loudly, and a failure in CI. */
export function describeWithRedis(name: string, cases: () => void): void {
  describe(name, redisUrl === '' ? skip : cases)
}

function skip(): void {
  console.warn('\nSKIPPED: what takes a Redis server. Set X_AAA_TEST_REDIS_URL, such as redis://127.0.0.1:6379\n')
  it.skipIf(!process.env.CI)('runs in CI', () => {
    throw new Error('X_AAA_TEST_REDIS_URL is not set')
  })
}

/** A client of the package `redis`, until the test is over. */
export async function openNodeRedis() {
  const client = createClient({ url: redisUrl })
  await client.connect()
  onTestFinished(() => client.close())
  return client
}

/** A client of the package `ioredis`, until the test is over. */
export function openIoRedis(): Redis {
  const client = new Redis(redisUrl, { maxRetriesPerRequest: null })
  onTestFinished(async () => {
    await client.quit()
  })
  return client
}

/** A prefix for keys; what is under it is gone when the test is over. */
export function newPrefix(): string {
  const prefix = `x-aaa-test-${randomUUID()}`
  onTestFinished(async () => {
    const client = new Redis(redisUrl)
    const keys = await client.keys(`${prefix}*`)
    if (keys.length > 0) await client.unlink(keys)
    await client.quit()
  })
  return prefix
}

/** Lets time pass for the keys under a prefix, which Redis would not do for a test: takes it off what they have left. */
export async function ageKeys(prefix: string, ms: number): Promise<void> {
  const client = new Redis(redisUrl)
  for (const key of await client.keys(`${prefix}*`)) {
    const left = await client.pttl(key)
    if (left > ms) await client.pexpire(key, left - ms)
    else await client.del(key)
  }
  await client.quit()
}
