import { DelayedError, Worker, type WorkerOptions } from 'bullmq'
import { schedule } from '../../internal/timers.ts'
import { type ItemJob, jobIdOf, toItem } from './bullmq-job.ts'
import { type BullMqOrdering, laneCheckMs } from './bullmq-ordering.ts'
import { errorText, type HandleItem, handleInTime } from './handle-in-time.ts'
import type { InboxRun, InboxRunOptions, NewInboxItem } from './inbox.ts'

/** What a run needs to know beside what it is asked for. */
export interface BullMqRunSettings {
  readonly queueName: string
  readonly lanes: BullMqOrdering
  readonly timeoutMs: number
  readonly workerOptions: WorkerOptions
}

/** Works on the queue of an inbox. */
export function runBullMq(
  handle: HandleItem,
  { concurrency, onError }: InboxRunOptions,
  { queueName, lanes, timeoutMs, workerOptions }: BullMqRunSettings,
): InboxRun {
  const farewells = new Set<Promise<void>>()

  const processJob = async (job: ItemJob, token?: string): Promise<void> => {
    await waitForTurn(job, token)
    try {
      await handleInTime(handle, toItem(job), { timeoutMs, schedule })
    } catch (error) {
      // Errors of some names and messages, and what is no error at all, mean something else to BullMQ.
      throw new Error(errorText(error))
    }
  }

  const waitForTurn = async (job: ItemJob, token: string | undefined): Promise<void> => {
    const { id, orderingKey } = job.data
    if (orderingKey === undefined || (await lanes.enter(orderingKey, jobIdOf(id)))) return
    await job.moveToDelayed(Date.now() + laneCheckMs, token)
    await lanes.callFirst(orderingKey)
    throw new DelayedError()
  }

  const leaveLane = ({ data: { id, orderingKey } }: ItemJob): void => {
    if (orderingKey === undefined) return
    const farewell = lanes.leave(orderingKey, jobIdOf(id)).catch(onError)
    farewells.add(farewell)
    void farewell.finally(() => farewells.delete(farewell))
  }

  const worker = new Worker<NewInboxItem>(queueName, processJob, { ...workerOptions, concurrency })
  worker.on('error', onError)
  worker.on('completed', leaveLane)
  worker.on('failed', (job) => {
    if (job?.finishedOn !== undefined) leaveLane(job)
  })

  return {
    stop: async () => {
      await worker.close()
      await Promise.all(farewells)
    },
  }
}
