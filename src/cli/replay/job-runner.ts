import { isApiError } from '../../entries/errors.ts'
import type { Client, EnterpriseClient, ReplayJob } from '../../entries/index.ts'
import { createProgress, formatBar } from '../output/progress.ts'
import { formatWindow } from '../output/times.ts'
import { rulesOf } from './read-window.ts'
import type { ReplayRun, StartedJob, TimeWindow } from './replay-run.ts'

/** Starts jobs of one webhook, of which X runs one at a time. */
export interface JobRunner {
  /** Starts a job as soon as X takes it. */
  readonly start: (window: TimeWindow, number: number) => Promise<StartedJob>
  /** Waits until a job has ended. Resolves to `false` when X does not say it. */
  readonly waitForEnd: (job: StartedJob) => Promise<boolean>
}

interface JobTarget {
  readonly client: Client | EnterpriseClient
  readonly webhookId: string
  /** The number of jobs. */
  readonly total: number
}

const minuteMs = 60_000

/** The waits between two attempts. X allows 100 replay calls in 15 minutes. */
const waitsMs = [5_000, 10_000, 15_000, 30_000]
const longestWaitMs = 30_000

export function createJobRunner(run: ReplayRun, { client, webhookId, total }: JobTarget): JobRunner {
  const progress = createProgress(run)
  const create = (window: TimeWindow) =>
    client.replay.create(webhookId, { from: window.from, to: window.to }, { signal: run.signal })

  /** Tries again while the last job runs: until then, X refuses the next one with a conflict. */
  const createWhenFree = async (window: () => TimeWindow, whileBusy: (seconds: number) => void): Promise<ReplayJob> => {
    const startedAt = run.now()
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await create(window())
      } catch (error) {
        if (!isApiError(error, 'replay.create') || error.reason !== 'ReplayConflictError') throw error
      }
      whileBusy(Math.round((run.now() - startedAt) / 1000))
      await run.sleep(waitsMs[attempt] ?? longestWaitMs, run.signal)
    }
  }

  const { isTerminal } = run.process.stderr
  const label = (number: number, window: TimeWindow) => `job ${number} of ${total}, ${formatWindow(window)}`
  /** Plain lines do not change, so that a log has one line for each state. */
  const elapsed = (seconds: number) => (isTerminal ? ` for ${seconds} s` : '')

  return {
    start: async (window, number) => {
      const show = (done: number, state: string) =>
        progress.status(`${isTerminal ? `${formatBar(done, 2)} ` : ''}${label(number, window)}: ${state}`)
      show(0, 'sending')
      try {
        let kept = window
        const job = await createWhenFree(
          () => {
            kept = keptPartOf(window, { now: run.now(), api: run.flags.api })
            return kept
          },
          (seconds) => show(1, `waiting${elapsed(seconds)}, another job is running`),
        )
        show(2, `taken by X as job ${job.jobId}`)
        return { window: kept, jobId: job.jobId, createdAt: job.createdAt }
      } finally {
        progress.end()
      }
    },
    waitForEnd: async ({ window, jobId }) => {
      const show = (state: string) => progress.status(`job ${jobId}: ${state}`)
      show('running')
      try {
        await createWhenFree(
          () => lastMinuteOf(window, { now: run.now(), api: run.flags.api }),
          (seconds) => show(`running${elapsed(seconds)}`),
        )
        show('ended')
        return true
      } catch (error) {
        // The window has become too old for X, which so does not say whether the job runs.
        if (isApiError(error, 'replay.create') && error.reason === 'QueryParamInvalid') return false
        throw error
      } finally {
        progress.end()
      }
    },
  }
}

/** The part of a window that X still keeps. A window that X does not keep at all stays as it is, so that X refuses it. */
export function keptPartOf(window: TimeWindow, { now, api }: { now: number; api: string }): TimeWindow {
  const oldest = Math.ceil((now - rulesOf(api).maxAgeMinutes * minuteMs) / minuteMs) * minuteMs
  if (window.from.getTime() >= oldest || window.to.getTime() <= oldest) return window
  return { from: new Date(oldest), to: window.to }
}

/** The last minute of a window that is old enough for X. Its events arrive once more, and receivers drop them. */
export function lastMinuteOf(window: TimeWindow, { now, api }: { now: number; api: string }): TimeWindow {
  const rules = rulesOf(api)
  const latest = Math.floor((now - rules.minFromAgeMinutes * minuteMs) / minuteMs) * minuteMs
  const start = Math.max(window.from.getTime(), Math.min(window.to.getTime() - minuteMs, latest))
  return { from: new Date(start), to: new Date(start + minuteMs) }
}
