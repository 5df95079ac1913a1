import { DelayedError, Worker, type WorkerOptions } from 'bullmq'
import { sleep } from '../../internal/timers.ts'
import { type BullMqJob, bullMqIdOf, toItem } from './bullmq-job.ts'
import { type BullMqOrdering, orderingCheckMs } from './bullmq-ordering.ts'
import { errorText, type HandleItem, handleInTime } from './handle-in-time.ts'
import type { InboxRun, InboxRunOptions, NewInboxItem } from './inbox.ts'

/** The settings of a run that its inbox decides. */
export interface BullMqRunSettings {
  readonly queueName: string
  readonly ordering: BullMqOrdering
  readonly timeoutMs: number
  readonly workerOptions: WorkerOptions
}

/** Hands the items of a BullMQ queue to a handler. */
export function runBullMq(
  handle: HandleItem,
  { concurrency, onError }: InboxRunOptions,
  { queueName, ordering, timeoutMs, workerOptions }: BullMqRunSettings,
): InboxRun {
  const pendingLeaves = new Set<Promise<void>>()

  const processJob = async (job: BullMqJob, token?: string): Promise<void> => {
    await delayUnlessFirst(job, token)
    try {
      await handleInTime(handle, toItem(job), { timeoutMs, sleep, onError })
    } catch (error) {
      // BullMQ gives a special meaning to errors with certain names and messages, and to values that are not errors.
      throw new Error(errorText(error))
    }
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
    pendingLeaves.add(leaving)
    void leaving.finally(() => pendingLeaves.delete(leaving))
  }

  const worker = new Worker<NewInboxItem>(queueName, processJob, { ...workerOptions, concurrency })
  worker.on('error', onError)
  worker.on('completed', leaveOrdering)
  worker.on('failed', (job) => {
    if (job?.finishedOn !== undefined) leaveOrdering(job)
  })

  return {
    stop: async () => {
      await worker.close()
      await Promise.all(pendingLeaves)
    },
  }
}
