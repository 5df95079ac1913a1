import { type ConnectionOptions, type JobsOptions, Queue } from 'bullmq'
import { assertInteger, assertObject, assertText } from '../../internal/assert.ts'
import { longestTimer } from '../../internal/timers.ts'
import { type BullMqJob, bullMqIdOf, toDeadLetter } from './bullmq/bullmq-job.ts'
import { createBullMqOrdering, orderingCheckMs } from './bullmq/bullmq-ordering.ts'
import { type BullMqRun, runBullMq } from './bullmq/bullmq-run.ts'
import { runScript } from './bullmq/bullmq-script.ts'
import type { Inbox, NewInboxItem } from './inbox.ts'
import { type InboxOptions, readInboxOptions } from './inbox-options.ts'
import { assertRunArguments } from './run-storage-inbox.ts'
import { assertItems } from './storage-inbox.ts'

/** Options of {@link createBullMqInbox}. */
export interface BullMqInboxOptions extends InboxOptions {
  /**
   * The connection to Redis, as BullMQ accepts it: connection options, or a client. The inbox does not close a client that
   * you pass.
   */
  readonly connection: ConnectionOptions
  /**
   * The name of the BullMQ queue. Processes with the same name and prefix share one inbox.
   *
   * @defaultValue `x-account-activity`
   */
  readonly queueName?: string | undefined
  /**
   * The prefix of all Redis keys of the queue. On a Redis Cluster, put it in braces: `{bull}`.
   *
   * @defaultValue `bull`
   */
  readonly prefix?: string | undefined
  /**
   * How long after a crash the items in progress of that process are handed out again, in milliseconds: 10 to
   * 2,147,483,647.
   *
   * @defaultValue 20_000
   */
  readonly claimTtlMs?: number | undefined
}

/**
 * Creates an inbox on BullMQ, for several machines with one Redis. Each of them may add to it and run it.
 *
 * Items are in Redis once `add` has resolved, and are as safe as Redis is: with `appendfsync always` they survive a power
 * failure, with `everysec` all but the last second does. An item is handed out until an attempt is known to have succeeded,
 * so an item that was in progress during a crash is handled again: make handlers idempotent. Dead letters are the failed
 * jobs of BullMQ. Handled items are its completed jobs, with their bodies, for `retentionMs`. Dashboards for BullMQ show both.
 *
 * BullMQ keeps no order, and its free edition has no groups. Therefore this inbox keeps a sorted set beside the queue for
 * each ordering key, which costs a few Redis commands for each item that has one. In `stats`, `delayed` includes the items that
 * wait for their ordering key and those without a handler, and `oldestAgeMs` is that of the oldest among the first hundred items
 * of each state.
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
  const { connection, queueName = 'x-account-activity', prefix = 'bull', claimTtlMs = 20_000 } = options
  assertObject(connection, 'connection')
  assertText(queueName, 'queueName')
  assertText(prefix, 'prefix')
  assertInteger(claimTtlMs, 'claimTtlMs', { min: 10, max: longestTimer })
  const { maxAttempts, backoff, timeoutMs, retentionMs } = readInboxOptions(options)

  const queue = new Queue<NewInboxItem>(queueName, { connection, prefix })
  // Failed calls reject. Without this listener, their errors would also end the process.
  queue.on('error', () => undefined)
  const ordering = createBullMqOrdering(queue)
  const runs = new Set<BullMqRun>()
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
    // BullMQ looks for expired locks by itself: often enough that they do not wait much longer.
    stalledInterval: Math.max(Math.ceil(claimTtlMs / 10), shortestStalledMs),
    maxStalledCount: maxAttempts - 1,
    settings: { backoffStrategy: backoff },
  }

  const settings = { queue, ordering, timeoutMs, retentionMs, maxAttempts, claimTtlMs, workerOptions }

  const toBullMqJob = (item: NewInboxItem) => {
    // With an ordering key, it is delayed until it is the first one and is promoted.
    const delay = item.orderingKey === undefined ? 0 : orderingCheckMs
    return { name: 'event', data: item, opts: { ...jobOptions, jobId: bullMqIdOf(item.id), delay } }
  }

  /** BullMQ does not return which jobs it knew. When two processes add an item at the same moment, neither finds it. */
  const findKnown = async (items: readonly NewInboxItem[]): Promise<string[]> => {
    const states = await Promise.all(items.map(({ id }) => queue.getJobState(bullMqIdOf(id))))
    const ids = items.map(({ id }) => id)
    return [...new Set(ids.filter((id, place) => states[place] !== 'unknown' || ids.indexOf(id) < place))]
  }

  const findDeadLetter = async (id: string): Promise<BullMqJob | undefined> => {
    const job = await queue.getJob(bullMqIdOf(id))
    return (await job?.isFailed()) ? job : undefined
  }

  return {
    async add(items) {
      assertItems(items)
      const duplicates = await findKnown(items)
      await queue.addBulk(items.map(toBullMqJob))
      for (const { id, orderingKey } of items) {
        if (orderingKey === undefined) continue
        await ordering.enter(orderingKey, bullMqIdOf(id))
        await ordering.promoteFirst(orderingKey)
      }
      return { duplicates }
    },
    run(handle, runOptions) {
      assertRunArguments(handle, runOptions)
      const run = runBullMq(handle, runOptions, settings)
      runs.add(run)
      return { stop: () => run.stop().finally(() => runs.delete(run)), offerAgain: run.offerAgain, canPostpone: true }
    },
    async stats() {
      const counts = await queue.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'failed')
      const { wait = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts
      const pages = await Promise.all(
        (['wait', 'active', 'delayed'] as const).map((state) => queue.getJobs(state, 0, oldestAmong - 1, true)),
      )
      const times = pages.flat().flatMap((job) => job?.data?.receivedAt ?? [])
      return {
        waiting: wait + prioritized,
        inProgress: active,
        delayed,
        deadLetters: failed,
        ...(times.length > 0 && { oldestAgeMs: Math.max(Date.now() - Math.min(...times), 0) }),
      }
    },
    async deadLetters() {
      const jobs = await queue.getFailed()
      return jobs.map(toDeadLetter).sort((a, b) => a.failedAt - b.failedAt)
    },
    async retry(id) {
      const job = await findDeadLetter(id)
      if (job === undefined) return false
      await resetCrashes(queue, bullMqIdOf(id))
      await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true })
      return true
    },
    async discard(id) {
      const job = await findDeadLetter(id)
      await job?.remove()
      return job !== undefined
    },
    async close() {
      for (const run of runs) await run.abandon()
      await queue.close()
    },
  }
}

/** Among how many jobs of each state `stats` looks for the oldest. BullMQ keeps no order of their age. */
const oldestAmong = 100

/** The shortest time between two searches for expired locks, in milliseconds. */
const shortestStalledMs = 5

/** Resets the number of attempts that a crash ended, which BullMQ keeps when a job is retried. */
async function resetCrashes(queue: Queue, jobId: string): Promise<void> {
  const lua = "redis.call('HDEL', KEYS[1], ARGV[1])"
  await runScript(queue, { name: 'xAccountActivityResetCrashes', lua, keys: [queue.toKey(jobId)], argument: 'stc' })
}
