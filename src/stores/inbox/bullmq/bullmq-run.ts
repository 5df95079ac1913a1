import { DelayedError, type Queue, UnrecoverableError, Worker, type WorkerOptions } from 'bullmq'
import { hourMs, minuteMs } from '../../../internal/clock.ts'
import { notify } from '../../../internal/emit.ts'
import { sleep } from '../../../internal/timers.ts'
import { leaseLostError } from '../../lease.ts'
import { unhandledItemsError } from '../given-back.ts'
import { errorText, type HandleItem, handleInTime, type OtherOutcome, postponeMs } from '../handle-in-time.ts'
import type { InboxRun, InboxRunOptions, NewInboxItem } from '../inbox.ts'
import { diedDuringLastAttempt } from '../inbox-storage.ts'
import { attemptOf, type BullMqJob, bullMqIdOf, toDeadLetter, toItem } from './bullmq-job.ts'
import { createBullMqLeases } from './bullmq-leases.ts'
import { type BullMqOrdering, orderingCheckMs, promoteJob } from './bullmq-ordering.ts'

/** The settings of a run that its inbox decides. */
export interface BullMqRunSettings {
  readonly queue: Queue<NewInboxItem>
  readonly ordering: BullMqOrdering
  readonly timeoutMs: number
  readonly retentionMs: number
  readonly maxAttempts: number
  readonly claimTtlMs: number
  readonly workerOptions: WorkerOptions
}

/** A run that can be ended without waiting for its items in progress. */
export interface BullMqRun extends InboxRun {
  readonly offerAgain: () => void
  readonly abandon: () => Promise<void>
}

/** Hands the items of a BullMQ queue to a handler. */
export function runBullMq(
  handle: HandleItem,
  { concurrency, onError, onDeadLetter }: InboxRunOptions,
  { queue, ordering, timeoutMs, retentionMs, maxAttempts, claimTtlMs, workerOptions }: BullMqRunSettings,
): BullMqRun {
  /** The jobs whose handler has succeeded, until that is recorded. When it cannot be, BullMQ hands them out again. */
  const succeeded = new Set<string>()
  const pending = new Set<Promise<void>>()
  const leases = createBullMqLeases(queue, claimTtlMs)

  const processJob = async (job: BullMqJob, token?: string): Promise<void> => {
    await delayUnlessFirst(job, token)
    if (succeeded.has(jobKey(job))) return
    const outcome = await attempt(job, token)
    if (outcome === 'no_handler') return giveBack(job, token)
    if (outcome === 'in_progress') return postpone(job, token)
    succeeded.add(jobKey(job))
    const [oldest] = succeeded
    if (succeeded.size > mostSucceeded && oldest !== undefined) succeeded.delete(oldest)
  }

  const attempt = async (job: BullMqJob, lockToken = ''): Promise<OtherOutcome | undefined> => {
    const isLast = attemptOf(job) >= maxAttempts
    if (attemptOf(job) > maxAttempts) throw new UnrecoverableError(diedDuringLastAttempt)
    const lease = await leases.start(job, lockToken)
    try {
      const limits = { timeoutMs, sleep, onError, controller: lease.controller }
      const outcome = await handleInTime(handle, toItem(job, lease.token), limits)
      // What was done without a lease does not count. BullMQ refuses to record it.
      if (lease.isLost()) throw leaseLostError()
      return outcome
    } catch (error) {
      // BullMQ gives a special meaning to errors with certain names and messages, and to values that are not errors.
      throw isLast ? new UnrecoverableError(errorText(error)) : new Error(errorText(error))
    } finally {
      lease.end()
    }
  }

  /** @throws DelayedError, which makes BullMQ delay the job without counting an attempt. */
  const postpone = async (job: BullMqJob, token: string | undefined): Promise<void> => {
    await job.moveToDelayed(Date.now() + postponeMs, token)
    throw new DelayedError()
  }

  /**
   * Delays a job that this process has no handler for, so that other processes get it, or removes it when it is too old.
   *
   * @throws DelayedError, which makes BullMQ delay the job without counting an attempt.
   */
  const giveBack = async (job: BullMqJob, token: string | undefined): Promise<void> => {
    const ageMs = Date.now() - job.timestamp
    if (ageMs >= retentionMs) {
      onError(unhandledItemsError([job.data.id], retentionMs))
      job.opts.removeOnComplete = true
      return
    }
    await job.moveToDelayed(Date.now() + givenBackDelay(ageMs, retentionMs), token)
    const { id, orderingKey } = job.data
    if (orderingKey !== undefined) await ordering.leave(orderingKey, bullMqIdOf(id))
    throw new DelayedError()
  }

  /** @throws DelayedError, which makes BullMQ delay the job, when another job with its ordering key comes first. */
  const delayUnlessFirst = async (job: BullMqJob, token: string | undefined): Promise<void> => {
    const { id, orderingKey } = job.data
    if (orderingKey === undefined || (await ordering.enter(orderingKey, bullMqIdOf(id)))) return
    await job.moveToDelayed(Date.now() + orderingCheckMs, token)
    await ordering.promoteFirst(orderingKey)
    throw new DelayedError()
  }

  const leaveOrdering = ({ data: { id, orderingKey } }: BullMqJob): void => {
    if (orderingKey === undefined) return
    const leaving = ordering.leave(orderingKey, bullMqIdOf(id)).catch(onError)
    pending.add(leaving)
    void leaving.finally(() => pending.delete(leaving))
  }

  const promote = (which: (job: BullMqJob) => boolean) => {
    const promoting = promoteDelayed(queue, which).catch(onError)
    pending.add(promoting)
    void promoting.finally(() => pending.delete(promoting))
  }

  /** Jobs that wait for their ordering key are promoted as well, and delayed again. */
  const offerAgain = () => promote(({ attemptsMade }) => attemptsMade === 0)

  /** BullMQ keeps the time at which a delay ends. When the clock is set back, that is too late by as much. */
  const watchClock = () => {
    let lastNow = Date.now()
    const timer = setInterval(() => {
      const wasSetBack = Date.now() < lastNow
      lastNow = Date.now()
      if (wasSetBack) promote(() => true)
      leases.loseExpired()
    }, clockCheckMs)
    return () => clearInterval(timer)
  }

  const worker = new Worker<NewInboxItem>(queue.name, processJob, { ...workerOptions, concurrency })
  worker.on('error', onError)
  worker.on('locksRenewed', ({ jobIds }) => leases.renewed(jobIds))
  worker.on('lockRenewalFailed', (jobIds) => leases.lose(jobIds))
  worker.on('completed', (job) => {
    succeeded.delete(jobKey(job))
    leaveOrdering(job)
  })
  worker.on('failed', (job) => {
    if (job?.finishedOn === undefined) return
    notify(onDeadLetter, toDeadLetter(job))
    leaveOrdering(job)
  })

  // This process may have handlers that the last one did not have.
  offerAgain()
  const stopWatching = watchClock()
  return {
    stop: async () => {
      stopWatching()
      await worker.close()
      await Promise.all(pending)
    },
    offerAgain,
    canPostpone: true,
    abandon: () => {
      stopWatching()
      return worker.close(true)
    },
  }
}

/** How many jobs are remembered whose end is not recorded. The oldest is forgotten first. */
const mostSucceeded = 10_000

/** Identifies a job: a later one can have the same id. */
function jobKey({ id, timestamp }: BullMqJob): string {
  return `${timestamp} ${id}`
}

/** How long a job is delayed that was given back: the older it is, the longer. Until then, `offerAgain` promotes it. */
function givenBackDelay(ageMs: number, retentionMs: number): number {
  return Math.min(Math.max(ageMs, minuteMs / 60), hourMs, retentionMs - ageMs)
}

/** How often the clock is checked, in milliseconds. */
const clockCheckMs = 1000

/** How many delayed jobs are read in one call. */
const pageSize = 100

/** Promotes delayed jobs, so that they do not wait any longer. */
async function promoteDelayed(queue: Queue<NewInboxItem>, which: (job: BullMqJob) => boolean): Promise<void> {
  let left = await queue.getDelayedCount()
  for (let start = 0; left > 0; ) {
    const jobs: BullMqJob[] = await queue.getDelayed(start, start + Math.min(left, pageSize) - 1)
    if (jobs.length === 0) return
    left -= jobs.length
    for (const job of jobs) {
      if (which(job)) await promoteJob(job)
      else start += 1
    }
  }
}
