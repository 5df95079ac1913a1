import type { ReplayJobStatusEvent } from '../../events/events.ts'

/** How a replay job ended. */
export interface JobEnd {
  readonly jobId: string
  readonly outcome: 'complete' | 'incomplete'
}

/** The ends of replay jobs, as the receiver sees them. */
export interface ReplayJobs {
  /** Handles a `replay_job_status` event of the receiver. */
  readonly onJobStatus: (event: ReplayJobStatusEvent) => void
  /** Resolves when this job has ended. It may have ended before the call. */
  readonly waitForEnd: (jobId: string) => Promise<JobEnd>
  /** Resolves when the next job of the webhook ends, whichever it is. */
  readonly waitForNextEnd: () => Promise<JobEnd>
}

/** How many ends are remembered: a job may end before the answer with its id has arrived. */
const maxEnds = 100

export function createReplayJobs(webhookId: string): ReplayJobs {
  const ends = new Map<string, JobEnd>()
  const waiting = new Set<(end: JobEnd) => void>()

  const waitForNextEnd = () => new Promise<JobEnd>((resolve) => waiting.add(resolve))

  return {
    onJobStatus({ jobId, payload }) {
      if (payload.webhook_id !== undefined && payload.webhook_id !== webhookId) return
      const end: JobEnd = { jobId, outcome: payload.job_state === 'Complete' ? 'complete' : 'incomplete' }
      ends.set(jobId, end)
      for (const oldest of [...ends.keys()].slice(0, -maxEnds)) ends.delete(oldest)
      for (const resolve of waiting) resolve(end)
      waiting.clear()
    },
    async waitForEnd(jobId) {
      for (;;) {
        const end = ends.get(jobId) ?? (await waitForNextEnd())
        if (end.jobId === jobId) return end
      }
    },
    waitForNextEnd,
  }
}
