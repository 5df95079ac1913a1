import type { ReplayJobStatusEvent } from '../../events/events.ts'

/** How a job ended. */
export interface JobEnd {
  readonly jobId: string
  readonly outcome: 'complete' | 'incomplete'
}

/** The ends of replay jobs, as the receiver sees them. */
export interface ReplayJobs {
  readonly see: (event: ReplayJobStatusEvent) => void
  /** Resolves when a job has ended; it may have done so already. */
  readonly ended: (jobId: string) => Promise<JobEnd>
  /** Resolves when the next job of this webhook ends, whichever it is. */
  readonly next: () => Promise<JobEnd>
}

/** A job that ends before its id is known is one of the last. */
const remembered = 100

export function createReplayJobs(webhookId: string): ReplayJobs {
  const ends = new Map<string, JobEnd>()
  const waiting = new Set<(end: JobEnd) => void>()

  const next = () => new Promise<JobEnd>((resolve) => waiting.add(resolve))

  return {
    see({ jobId, payload }) {
      if (payload.webhook_id !== undefined && payload.webhook_id !== webhookId) return
      const end: JobEnd = { jobId, outcome: payload.job_state === 'Complete' ? 'complete' : 'incomplete' }
      ends.set(jobId, end)
      for (const oldest of [...ends.keys()].slice(0, -remembered)) ends.delete(oldest)
      for (const resolve of waiting) resolve(end)
      waiting.clear()
    },
    async ended(jobId) {
      for (;;) {
        const end = ends.get(jobId) ?? (await next())
        if (end.jobId === jobId) return end
      }
    },
    next,
  }
}
