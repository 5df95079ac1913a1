import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { describe, it, onTestFinished } from 'vitest'

/** The address of a Redis server for tests. `.ci/run` starts one. */
export const redisUrl = process.env.X_AAA_TEST_REDIS_URL ?? ''

/** Tests that need a Redis server. Without one they are skipped with a warning, or fail in CI. */
export function describeWithRedis(name: string, cases: () => void): void {
  describe(name, redisUrl === '' ? skip : cases)
}

function skip(): void {
  console.warn('\nSKIPPED: tests that need a Redis server. Set X_AAA_TEST_REDIS_URL, such as redis://127.0.0.1:6379.\n')
  it.skipIf(!process.env.CI)('runs in CI', () => {
    throw new Error('X_AAA_TEST_REDIS_URL is not set')
  })
}

/** A client of the package `redis`. It is closed when the test has ended. */
export async function openNodeRedis() {
  const client = createClient({ url: redisUrl })
  await client.connect()
  onTestFinished(() => client.close())
  return client
}

/** A client of the package `ioredis`. It is closed when the test has ended. */
export function openIoRedis(): Redis {
  const client = new Redis(redisUrl, { maxRetriesPerRequest: null })
  onTestFinished(async () => {
    await client.quit()
  })
  return client
}

/** A new prefix for keys. Its keys are deleted when the test has ended. */
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

/** Lets time pass for the keys with a prefix: shortens their time to live, because Redis uses real time. */
export async function ageKeys(prefix: string, ms: number): Promise<void> {
  const client = new Redis(redisUrl)
  for (const key of await client.keys(`${prefix}*`)) {
    const left = await client.pttl(key)
    if (left > ms) await client.pexpire(key, left - ms)
    else await client.del(key)
  }
  await client.quit()
}
