import { ErrorCode, type Queue } from 'bullmq'
import { minuteMs } from '../../../internal/clock.ts'
import type { BullMqJob } from './bullmq-job.ts'
import { runScript } from './bullmq-script.ts'

/** BullMQ jobs that wait for their ordering key are delayed by this time, and then check again by themselves. */
export const orderingCheckMs = minuteMs

/** Adds a job id at the end of its sorted set, unless it is in it. Returns the first id. */
const appendScript = `
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2]
  redis.call('ZADD', KEYS[1], (last or 0) + 1, ARGV[1])
end
return redis.call('ZRANGE', KEYS[1], 0, 0)[1]`

/** Removes a job id from its sorted set. Returns the first id that remains. */
const removeScript = `
redis.call('ZREM', KEYS[1], ARGV[1])
return redis.call('ZRANGE', KEYS[1], 0, 0)[1]`

/** The order of the items with the same ordering key, which BullMQ does not keep. */
export interface BullMqOrdering {
  /** Appends a job to its ordering key, unless it is there. Resolves to whether it is the first one and may be handled. */
  readonly enter: (orderingKey: string, jobId: string) => Promise<boolean>
  /** Removes a job from its ordering key, and promotes the next one. */
  readonly leave: (orderingKey: string, jobId: string) => Promise<void>
  /** Promotes the first job of an ordering key if it waits, in case the process that should do so has died. */
  readonly promoteFirst: (orderingKey: string) => Promise<void>
}

/**
 * Keeps a sorted set of job ids for each ordering key. Only the first job of a set is handled, so the order holds whatever
 * happens. If a process dies before it has promoted the next job, a later job of the same key or the check after
 * `orderingCheckMs` promotes it.
 */
export function createBullMqOrdering(queue: Queue): BullMqOrdering {
  const run = (name: string, lua: string, orderingKey: string, jobId: string): Promise<string | undefined> =>
    runScript(queue, { name, lua, keys: [queue.toKey(`ordering-key:${orderingKey}`)], argument: jobId })
  const append = (orderingKey: string, jobId: string) =>
    run('xAccountActivityAppendToOrderingKey', appendScript, orderingKey, jobId)
  const remove = (orderingKey: string, jobId: string) =>
    run('xAccountActivityRemoveFromOrderingKey', removeScript, orderingKey, jobId)

  /** Promotes the first job that is not finished. Finished and deleted jobs before it are removed. */
  const promoteFrom = async (orderingKey: string, firstId: string | undefined): Promise<void> => {
    for (let jobId = firstId; jobId !== undefined; jobId = await remove(orderingKey, jobId)) {
      const job: BullMqJob | undefined = await queue.getJob(jobId)
      const state = await job?.getState()
      if (job !== undefined && state !== 'completed' && state !== 'failed' && state !== 'unknown') {
        // A job that was tried before is delayed until its next attempt, which BullMQ starts by itself.
        if (state === 'delayed' && job.attemptsMade === 0) await promoteJob(job)
        return
      }
    }
  }

  return {
    enter: async (orderingKey, jobId) => (await append(orderingKey, jobId)) === jobId,
    leave: async (orderingKey, jobId) => promoteFrom(orderingKey, await remove(orderingKey, jobId)),
    // No job has an empty id, so this removes nothing and returns the first id.
    promoteFirst: async (orderingKey) => promoteFrom(orderingKey, await remove(orderingKey, '')),
  }
}

/**
 * Promotes a delayed job. Several processes may promote the same job at the same time: for all but the first, it is not
 * delayed any more. By the time they learn this it may be delayed again, so its state then says nothing.
 */
export async function promoteJob(job: BullMqJob): Promise<void> {
  try {
    await job.promote()
  } catch (error) {
    if (!wasPromotedOrRemoved(error)) throw error
  }
}

/** BullMQ gives its errors a code. */
function wasPromotedOrRemoved(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === ErrorCode.JobNotInState || code === ErrorCode.JobNotExist
}
