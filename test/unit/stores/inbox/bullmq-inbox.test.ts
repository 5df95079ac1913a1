import { setTimeout } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type BullMqInboxOptions, createBullMqInbox } from '../../../../src/stores/inbox/bullmq-inbox.ts'
import type { InboxItem } from '../../../../src/stores/inbox/inbox.ts'
import { describeWithRedis, newPrefix, openIoRedis, redisUrl } from '../../../support/redis.ts'

const newItem = (id: string, lane?: string) => ({
  id,
  body: '{}',
  receivedAt: 1,
  ...(lane !== undefined && { orderingKey: lane }),
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

describeWithRedis('createBullMqInbox, on Redis', () => {
  /** Some inboxes on one queue, and the queue itself to look into. */
  const openAll = (options: Partial<BullMqInboxOptions> = {}) => {
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
    const begun: string[] = []
    const { stop } = inbox.run(
      async (item) => {
        begun.push(item.id)
        await handle(item)
      },
      { concurrency: 5, onError: (error) => expect.fail(String(error)) },
    )
    onTestFinished(stop)
    return begun
  }
  const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 5 })

  it('hands out what a process had under way when it died', { timeout: 20_000 }, async () => {
    const { open } = openAll({ claimTtlMs: 100 })
    // Its own connection, cut off while the item is under way: nothing renews the lock any more.
    const own = new Redis(redisUrl, { maxRetriesPerRequest: null })
    const doomed = open({ connection: own })
    await doomed.add([newItem('a')])
    const end = { now: () => {} }
    const ended = new Promise<void>((resolve) => {
      end.now = resolve
    })
    const { stop } = doomed.run(() => ended, { concurrency: 1, onError: () => {} })
    const heir = open()
    await until(async () => expect(await own.keys('*:events:event-a:lock')).toHaveLength(1))
    own.disconnect()
    const begun = run(heir)
    await until(() => expect(begun).toEqual(['a']))
    end.now()
    void stop()
  })

  it('calls the next of a lane when the process that should have done so has died', async () => {
    const { open, queue } = openAll()
    const inbox = open()
    await inbox.add([newItem('a', 'alice'), newItem('b', 'alice'), newItem('c', 'alice')])
    // As after a crash: the first is over, but still stands in the lane.
    await (await queue.getJob('event-a'))?.remove()
    const begun = run(inbox)
    await inbox.add([newItem('d', 'alice')])
    await until(() => expect(begun).toEqual(['b', 'c', 'd']))
  })

  it('puts an item into its lane whose adder died before it could', async () => {
    const { open, queue } = openAll()
    const inbox = open()
    // The first half of an add.
    await queue.add('event', newItem('a', 'alice'), { jobId: 'event-a', delay: 1 })
    const begun = run(inbox)
    await until(() => expect(begun).toEqual(['a']))
  })

  it('keeps nothing of a lane that is empty', async () => {
    const { open, queue } = openAll()
    const inbox = open()
    const begun = run(inbox)
    await inbox.add([newItem('a', 'alice'), newItem('b', 'alice')])
    await until(() => expect(begun).toEqual(['a', 'b']))
    const client = await queue.getBackend().connection.client
    await until(async () => expect(await client.zcard(queue.toKey('lane:alice'))).toBe(0))
  })

  it('remembers handled items for their time, and dead letters until they are discarded', async () => {
    const { open, queue } = openAll({ retentionMs: 5000, maxAttempts: 1 })
    const inbox = open()
    run(inbox, async ({ id }) => {
      if (id === 'dead') throw new Error('in vain')
    })
    await inbox.add([newItem('a'), newItem('dead')])
    await until(async () => expect(await queue.getJobCountByTypes('completed', 'failed')).toBe(2))
    expect((await queue.getJob('event-a'))?.opts.removeOnComplete).toEqual({ age: 5, limit: 100 })
    expect((await queue.getJob('event-dead'))?.opts.removeOnFail).toBe(false)
  })

  it('says of an error what it says, whatever it is called', async () => {
    const { open } = openAll({ maxAttempts: 1 })
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
    const told = (await inbox.deadLetters()).map(({ id, error }) => `${id}: ${error}`).sort()
    expect(told).toEqual(['a: not in time', 'b: a string', 'c: an error that cannot be put into words'])
  })

  it('rejects an add that Redis did not take', async () => {
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: 0, retryStrategy: () => null })
    const inbox = createBullMqInbox({ connection, prefix: newPrefix() })
    await inbox.add([newItem('a')])
    connection.disconnect()
    await setTimeout(0)
    await expect(async () => inbox.add([newItem('b')])).rejects.toThrow('Connection is closed')
  })
})
