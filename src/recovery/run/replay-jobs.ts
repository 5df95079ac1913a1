import type { ReplayJobStatusEvent } from '../../events/events.ts'
import type { RecordedJobEnd, RecoveryState } from '../state/recovery-state.ts'

/** The ends of replay jobs, as the receivers of all processes see them. */
export interface ReplayJobs {
  /** Handles a `replay_job_status` event of the receiver. Returns whether it is about a job of this webhook. */
  readonly onJobStatus: (event: ReplayJobStatusEvent) => boolean
  /** Learns the ends that other processes have recorded. */
  readonly onChange: (state: RecoveryState) => void
  /** The end of a job, if it is known. */
  readonly endOf: (jobId: string) => RecordedJobEnd | undefined
  /** Resolves when this job has ended. It may have ended before the call. */
  readonly waitForEnd: (jobId: string) => Promise<RecordedJobEnd>
  /** Resolves when the next job of the webhook ends, whichever it is. */
  readonly waitForNextEnd: () => Promise<RecordedJobEnd>
  /** The ends that this process has seen, and that are not in the store yet. */
  readonly unsavedEnds: () => readonly RecordedJobEnd[]
  /** Removes ends that are in the store now. */
  readonly onSaved: (ends: readonly RecordedJobEnd[]) => void
}

/** How many ends are remembered: a job may end before the answer with its id has arrived. */
const maxEnds = 100

export function createReplayJobs(webhookId: string): ReplayJobs {
  const ends = new Map<string, RecordedJobEnd>()
  const unsaved = new Map<string, RecordedJobEnd>()
  const waiting = new Set<(end: RecordedJobEnd) => void>()

  const waitForNextEnd = () => new Promise<RecordedJobEnd>((resolve) => waiting.add(resolve))

  const add = (end: RecordedJobEnd) => {
    ends.set(end.jobId, end)
    for (const oldest of [...ends.keys()].slice(0, -maxEnds)) ends.delete(oldest)
    for (const resolve of waiting) resolve(end)
    waiting.clear()
  }

  return {
    onJobStatus({ jobId, payload }) {
      if (payload.webhook_id !== undefined && payload.webhook_id !== webhookId) return false
      const end: RecordedJobEnd = { jobId, outcome: payload.job_state === 'Complete' ? 'complete' : 'incomplete' }
      unsaved.set(jobId, end)
      for (const oldest of [...unsaved.keys()].slice(0, -maxEnds)) unsaved.delete(oldest)
      add(end)
      return true
    },
    onChange({ jobEnds = [] }) {
      for (const end of jobEnds) if (ends.get(end.jobId)?.outcome !== end.outcome) add(end)
    },
    endOf: (jobId) => ends.get(jobId),
    async waitForEnd(jobId) {
      for (;;) {
        const end = ends.get(jobId) ?? (await waitForNextEnd())
        if (end.jobId === jobId) return end
      }
    },
    waitForNextEnd,
    unsavedEnds: () => [...unsaved.values()],
    onSaved(saved) {
      for (const end of saved) if (unsaved.get(end.jobId) === end) unsaved.delete(end.jobId)
    },
  }
}

/** Adds the ends of jobs to the state. */
export function addJobEnds(state: RecoveryState, ends: readonly RecordedJobEnd[]): RecoveryState {
  if (ends.length === 0) return state
  const others = (state.jobEnds ?? []).filter(({ jobId }) => !ends.some((end) => end.jobId === jobId))
  return { ...state, jobEnds: [...others, ...ends].slice(-maxEnds) }
}
