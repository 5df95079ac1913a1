import { setTimeout } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type BullMqInboxOptions, createBullMqInbox } from '../../../../src/stores/inbox/bullmq-inbox.ts'
import type { InboxItem } from '../../../../src/stores/inbox/inbox.ts'
import { describeWithRedis, newPrefix, openIoRedis, redisUrl } from '../../../support/redis.ts'

const newItem = (id: string, orderingKey?: string) => ({
  id,
  body: '{}',
  receivedAt: 1,
  ...(orderingKey !== undefined && { orderingKey }),
})

describe('createBullMqInbox', () => {
  it.each([
    [undefined, '"options" must be an object, got undefined'],
    [{}, '"connection" must be an object, got undefined'],
    [{ connection: 'redis://localhost' }, '"connection" must be an object, got string'],
    [{ connection: {}, queueName: '' }, '"queueName" must not be empty'],
    [{ connection: {}, prefix: 1 }, '"prefix" must be a string, got number'],
    [{ connection: {}, maxAttempts: 0 }, '"maxAttempts" must be an integer from 1'],
    [{ connection: {}, claimTtlMs: 0 }, '"claimTtlMs" must be an integer from 10'],
  ])('refuses %j', (options, message) => {
    expect(() => createBullMqInbox(options as never)).toThrow(message)
  })
})

describeWithRedis('createBullMqInbox, on a Redis server', () => {
  /** A function that opens inboxes on one queue, and the queue itself. */
  const createQueue = (options: Partial<BullMqInboxOptions> = {}) => {
    const connection = openIoRedis()
    const prefix = newPrefix()
    const queue = new Queue('events', { connection, prefix })
    onTestFinished(() => queue.close())
    const open = (changes: Partial<BullMqInboxOptions> = {}) => {
      const inbox = createBullMqInbox({ connection, prefix, queueName: 'events', ...options, ...changes })
      onTestFinished(async () => inbox.close())
      return inbox
    }
    return { open, queue }
  }
  const run = (inbox: ReturnType<typeof createBullMqInbox>, handle = async (_item: InboxItem) => {}) => {
    const started: string[] = []
    const { stop } = inbox.run(
      async (item) => {
        started.push(item.id)
        await handle(item)
      },
      { concurrency: 5, onError: (error) => expect.fail(String(error)) },
    )
    onTestFinished(stop)
    return started
  }
  const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 5 })

  it('hands the items of a dead process out again', { timeout: 20_000 }, async () => {
    const { open } = createQueue({ claimTtlMs: 100 })
    // Its connection is cut while the item is in progress, so nothing renews the lock.
    const own = new Redis(redisUrl, { maxRetriesPerRequest: null })
    const dead = open({ connection: own })
    await dead.add([newItem('a')])
    const end = { now: () => {} }
    const ended = new Promise<void>((resolve) => {
      end.now = resolve
    })
    const handle = vi.fn(() => ended)
    const { stop } = dead.run(handle, { concurrency: 1, onError: () => {} })
    const other = open()
    await until(() => expect(handle).toHaveBeenCalled())
    own.disconnect()
    const started = run(other)
    await until(() => expect(started).toEqual(['a']))
    end.now()
    void stop()
  })

  it('does not run a handler again that has succeeded when BullMQ could not record that', async () => {
    const { open, queue } = createQueue({ claimTtlMs: 100 })
    const inbox = open()
    const client = await queue.getBackend().connection.client
    const started: string[] = []
    const { stop } = inbox.run(
      async ({ id }) => {
        started.push(id)
        // The lock of the job is gone, as after a connection that was lost for too long: BullMQ refuses to complete it.
        await client.del(queue.toKey(`event-${id}:lock`))
      },
      { concurrency: 1, onError: () => {} },
    )
    onTestFinished(stop)
    await inbox.add([newItem('a')])
    await until(async () => expect(await (await queue.getJob('event-a'))?.isCompleted()).toBe(true))
    expect(started).toEqual(['a'])
  })

  it('aborts the signal of an attempt whose lock was lost, and does not count what it did', async () => {
    const { open, queue } = createQueue({ claimTtlMs: 200 })
    const inbox = open()
    const client = await queue.getBackend().connection.client
    const reasons: unknown[] = []
    const tokens: (number | undefined)[] = []
    const { stop } = inbox.run(
      async ({ id, lease }, signal) => {
        tokens.push(lease?.token)
        if (tokens.length > 1) return
        await client.del(queue.toKey(`event-${id}:lock`))
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        reasons.push(signal.reason)
      },
      { concurrency: 1, onError: () => {} },
    )
    onTestFinished(stop)
    await inbox.add([newItem('a')])
    await until(async () => expect(await (await queue.getJob('event-a'))?.isCompleted()).toBe(true))
    expect(reasons).toMatchObject([{ name: 'LeaseLostError' }])
    expect(tokens).toEqual([1, 2])
  })

  it('gives an item up whose attempts failed or were ended by crashes, and counts both', async () => {
    const { open, queue } = createQueue({ maxAttempts: 3, backoff: { baseMs: 1 } })
    const inbox = open()
    await inbox.add([newItem('a')])
    // As after one crash: BullMQ counts those separately.
    const client = await queue.getBackend().connection.client
    await client.hset(queue.toKey('event-a'), { stc: '1' })
    const attempts: number[] = []
    run(inbox, async ({ attempt }) => {
      attempts.push(attempt)
      throw new Error('always fails')
    })
    await until(async () => expect(await inbox.deadLetters()).toMatchObject([{ attempts: 3, error: 'always fails' }]))
    expect(await inbox.retry('a')).toBe(true)
    await until(() => expect(attempts).toEqual([2, 3, 1, 2, 3]))
  })

  it('tries a failed item again when the clock was set back', async () => {
    const { open, queue } = createQueue({ backoff: { baseMs: 600_000, maxMs: 600_000 } })
    const inbox = open()
    const attempts: number[] = []
    run(inbox, async ({ attempt }) => {
      attempts.push(attempt)
      if (attempt === 1) throw new Error('not yet')
    })
    await inbox.add([newItem('a')])
    await until(async () => expect(await queue.getDelayedCount()).toBe(1))
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
    onTestFinished(() => void vi.useRealTimers())
    await until(() => expect(attempts).toEqual([1, 2]))
  })

  it('promotes the next item of an ordering key when the process that should do it has died', async () => {
    const { open, queue } = createQueue()
    const inbox = open()
    await inbox.add([newItem('a', 'alice'), newItem('b', 'alice'), newItem('c', 'alice')])
    // As after a crash: the first job is gone, but its id is still in the sorted set.
    await (await queue.getJob('event-a'))?.remove()
    const started = run(inbox)
    await inbox.add([newItem('d', 'alice')])
    await until(() => expect(started).toEqual(['b', 'c', 'd']))
  })

  it('orders an item whose process died in the middle of an add', async () => {
    const { open, queue } = createQueue()
    const inbox = open()
    // The first half of an add: the sorted set does not contain the job.
    await queue.add('event', newItem('a', 'alice'), { jobId: 'event-a', delay: 1 })
    const started = run(inbox)
    await until(() => expect(started).toEqual(['a']))
  })

  it('deletes the sorted set of an ordering key without items', async () => {
    const { open, queue } = createQueue()
    const inbox = open()
    const started = run(inbox)
    await inbox.add([newItem('a', 'alice'), newItem('b', 'alice')])
    await until(() => expect(started).toEqual(['a', 'b']))
    const client = await queue.getBackend().connection.client
    await until(async () => expect(await client.zcard(queue.toKey('ordering-key:alice'))).toBe(0))
  })

  it('keeps handled items for the retention time, and dead letters until they are discarded', async () => {
    const { open, queue } = createQueue({ retentionMs: 5000, maxAttempts: 1 })
    const inbox = open()
    run(inbox, async ({ id }) => {
      if (id === 'dead') throw new Error('always fails')
    })
    await inbox.add([newItem('a'), newItem('dead')])
    await until(async () => expect(await queue.getJobCountByTypes('completed', 'failed')).toBe(2))
    expect((await queue.getJob('event-a'))?.opts.removeOnComplete).toEqual({ age: 5, limit: 100 })
    expect((await queue.getJob('event-dead'))?.opts.removeOnFail).toBe(false)
  })

  it('keeps the message of any thrown value', async () => {
    const { open } = createQueue({ maxAttempts: 1 })
    const inbox = open()
    const errors: Record<string, unknown> = {
      a: Object.assign(new Error('not in time'), { name: 'DelayedError' }),
      b: 'a string',
      c: Object.create(null),
    }
    run(inbox, async ({ id }) => {
      throw errors[id]
    })
    await inbox.add(Object.keys(errors).map((id) => newItem(id)))
    await until(async () => expect(await inbox.deadLetters()).toHaveLength(3))
    const messages = (await inbox.deadLetters()).map(({ id, error }) => `${id}: ${error}`).sort()
    expect(messages).toEqual(['a: not in time', 'b: a string', 'c: an error that cannot be converted to a string'])
  })

  it('rejects an add when Redis is not connected', async () => {
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: 0, retryStrategy: () => null })
    const inbox = createBullMqInbox({ connection, prefix: newPrefix() })
    await inbox.add([newItem('a')])
    connection.disconnect()
    await setTimeout(0)
    await expect(async () => inbox.add([newItem('b')])).rejects.toThrow('Connection is closed')
  })
})
