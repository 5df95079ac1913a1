import { type ConnectionOptions, type JobsOptions, Queue } from 'bullmq'
import { assertInteger, assertObject, assertText } from '../../internal/assert.ts'
import { longestTimer } from '../../internal/timers.ts'
import { type ItemJob, jobIdOf, toDeadLetter } from './bullmq-job.ts'
import { createBullMqOrdering, laneCheckMs } from './bullmq-ordering.ts'
import { runBullMq } from './bullmq-run.ts'
import type { Inbox, NewInboxItem } from './inbox.ts'
import { type InboxOptions, readInboxOptions } from './inbox-options.ts'
import { assertRun } from './run-storage-inbox.ts'
import { assertItems } from './storage-inbox.ts'

/** Which queue a {@link createBullMqInbox} is, how patient it is, and how long it remembers. */
export interface BullMqInboxOptions extends InboxOptions {
  /** As BullMQ takes it: the options of a connection, or the client that you have. A client is left open. */
  readonly connection: ConnectionOptions
  /** The name of the queue: `x-account-activity` unless set. */
  readonly queueName?: string
  /** What the keys of BullMQ begin with: `bull` unless set; on a Redis Cluster it has to be in braces. */
  readonly prefix?: string
  /** How long after a crash the items of that process are handed out again, in milliseconds: 30,000 unless set. */
  readonly claimTtlMs?: number
}

/**
 * An inbox on BullMQ, for many machines on one Redis: any of them may add to it and run it.
 *
 * What `add` has resolved for is in Redis, and as safe as your Redis is: with `appendfsync always` it survives a power
 * cut, with `everysec` all but the last second. An item is handed out until an attempt is known to have succeeded, so one
 * that was under way in a crash comes again: make handlers repeatable. Dead letters are BullMQ's failed jobs, and handled
 * items its completed ones, bodies included, for `retentionMs`; a dashboard for BullMQ shows both.
 *
 * BullMQ itself keeps no order, and its groups are not in the free edition: lanes are kept here, by a sorted set beside
 * the queue, which costs a few commands more for each item that has a lane. Attempts that a crash cut short are counted
 * by themselves; an item is given up after `maxAttempts` of those, too.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 * @throws RangeError when a number is out of range.
 * @see https://docs.bullmq.io/
 *
 * @example
 * import { createBullMqInbox } from 'x-account-activity/stores/bullmq'
 *
 * const inbox = createBullMqInbox({ connection: { host: 'localhost', port: 6379 } })
 */
export function createBullMqInbox(options: BullMqInboxOptions): Inbox {
  assertObject(options, 'options')
  const { connection, queueName = 'x-account-activity', prefix = 'bull', claimTtlMs = 30_000 } = options
  assertObject(connection, 'connection')
  assertText(queueName, 'queueName')
  assertText(prefix, 'prefix')
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 10, max: longestTimer })
  const { maxAttempts, backoff, timeoutMs, retentionMs } = readInboxOptions(options)

  const queue = new Queue<NewInboxItem>(queueName, { connection, prefix })
  // Calls reject by themselves: without a listener this would end the process as well.
  queue.on('error', () => undefined)
  const lanes = createBullMqOrdering(queue)
  const jobOptions: JobsOptions = {
    attempts: maxAttempts,
    backoff: { type: 'custom' },
    removeOnComplete: { age: Math.ceil(retentionMs / 1000), limit: 100 },
    removeOnFail: false,
    stackTraceLimit: 1,
  }
  const workerOptions = {
    connection,
    prefix,
    lockDuration: claimTtlMs,
    stalledInterval: claimTtlMs,
    maxStalledCount: maxAttempts - 1,
    settings: { backoffStrategy: backoff },
  }

  const toJob = (item: NewInboxItem) => {
    // Behind its lane until it is called.
    const delay = item.orderingKey === undefined ? 0 : laneCheckMs
    return { name: 'event', data: item, opts: { ...jobOptions, jobId: jobIdOf(item.id), delay } }
  }

  const findDeadLetter = async (id: string): Promise<ItemJob | undefined> => {
    const job = await queue.getJob(jobIdOf(id))
    return (await job?.isFailed()) ? job : undefined
  }

  return {
    async add(items) {
      assertItems(items)
      await queue.addBulk(items.map(toJob))
      for (const { id, orderingKey } of items) {
        if (orderingKey === undefined) continue
        await lanes.enter(orderingKey, jobIdOf(id))
        await lanes.callFirst(orderingKey)
      }
    },
    run(handle, runOptions) {
      assertRun(handle, runOptions)
      return runBullMq(handle, runOptions, { queueName, lanes, timeoutMs, workerOptions })
    },
    async deadLetters() {
      const jobs = await queue.getFailed()
      return jobs.map(toDeadLetter).sort((a, b) => a.failedAt - b.failedAt)
    },
    async retry(id) {
      const job = await findDeadLetter(id)
      await job?.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true })
      return job !== undefined
    },
    async discard(id) {
      const job = await findDeadLetter(id)
      await job?.remove()
      return job !== undefined
    },
    close: () => queue.close(),
  }
}
