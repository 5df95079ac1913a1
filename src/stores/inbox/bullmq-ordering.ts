import type { Job, Queue } from 'bullmq'

/** The jobs of a lane wait as delayed ones behind the first of it, and look again after this time if nobody calls them. */
export const laneCheckMs = 60_000

/** Puts a job at the end of its lane unless it stands in it; answers who is first. */
const enterLane = `
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2]
  redis.call('ZADD', KEYS[1], (last or 0) + 1, ARGV[1])
end
return redis.call('ZRANGE', KEYS[1], 0, 0)[1]`

/** Takes a job out of its lane; answers who is first now. */
const leaveLane = `
redis.call('ZREM', KEYS[1], ARGV[1])
return redis.call('ZRANGE', KEYS[1], 0, 0)[1]`

/** The order of the jobs in their lanes, which BullMQ does not know. */
export interface BullMqOrdering {
  /** Puts a job into its lane, if it is not there; answers whether it is its turn. */
  readonly enter: (lane: string, jobId: string) => Promise<boolean>
  /** Takes a job out of its lane, and calls the next one. */
  readonly leave: (lane: string, jobId: string) => Promise<void>
  /** Calls the first of a lane if it waits, whoever should have done so. */
  readonly callFirst: (lane: string) => Promise<void>
}

/**
 * Keeps a sorted set of job ids for each lane. Only the first of a lane is handled, so the order holds whatever happens;
 * should a process die before it has called the next job, a later job of the lane or `laneCheckMs` makes up for it.
 */
export function createBullMqOrdering(queue: Queue): BullMqOrdering {
  const run = async (name: string, lua: string, lane: string, jobId: string): Promise<string | undefined> => {
    const client = await queue.getBackend().connection.client
    client.defineCommand(name, { numberOfKeys: 1, lua })
    return (await client.runCommand(name, [queue.toKey(`lane:${lane}`), jobId])) ?? undefined
  }
  const enter = (lane: string, jobId: string) => run('xAccountActivityEnterLane', enterLane, lane, jobId)
  const leave = (lane: string, jobId: string) => run('xAccountActivityLeaveLane', leaveLane, lane, jobId)

  /** Whoever is over or gone stands in nobody's way. */
  const callFrom = async (lane: string, first: string | undefined): Promise<void> => {
    for (let jobId = first; jobId !== undefined; jobId = await leave(lane, jobId)) {
      const job: Job | undefined = await queue.getJob(jobId)
      const state = await job?.getState()
      if (job !== undefined && state !== 'completed' && state !== 'failed' && state !== 'unknown') {
        // One that has been tried waits for its next attempt, and comes by itself.
        if (state === 'delayed' && job.attemptsMade === 0) await promote(job)
        return
      }
    }
  }

  return {
    enter: async (lane, jobId) => (await enter(lane, jobId)) === jobId,
    leave: async (lane, jobId) => callFrom(lane, await leave(lane, jobId)),
    // No job has an empty id: this only asks who is first.
    callFirst: async (lane) => callFrom(lane, await leave(lane, '')),
  }
}

/** Two may call the same job at a time: the second finds that it waits no longer. */
async function promote(job: Job): Promise<void> {
  try {
    await job.promote()
  } catch (error) {
    if (await job.isDelayed()) throw error
  }
}
