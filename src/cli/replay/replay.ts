import { isApiError } from '../../entries/errors.ts'
import { splitReplayWindow } from '../../entries/replay.ts'
import { exitCodes } from '../cli-context.ts'
import { createReplayClient } from '../credentials/create-client.ts'
import { resolveWebhookId } from '../input/resolve-webhook.ts'
import { exitCodeOf, toErrorReport } from '../output/error-report.ts'
import { formatWindow } from '../output/times.ts'
import { createJobRunner, type JobRunner } from './job-runner.ts'
import { readWindow, rulesOf } from './read-window.ts'
import type { LostWindow, ReplayRun, StartedJob, TimeWindow } from './replay-run.ts'

/** Replays a window, job by job, oldest first. */
export async function replay(run: ReplayRun, given: string | undefined): Promise<void> {
  const { api, wait } = run.flags
  const window = readWindow(run.flags, { now: run.now(), rules: rulesOf(api) })
  const parts = splitReplayWindow(window)
  const client = await createReplayClient(run)
  const webhookId = await resolveWebhookId(run, client, given)
  run.output.note(
    `Replaying ${formatWindow(window)} to webhook ${webhookId}, in ${parts.length === 1 ? 'one job' : `${parts.length} jobs`}.`,
  )
  const runner = createJobRunner(run, { client, webhookId, total: parts.length })
  const { jobs, lost } = await startAll(run, runner, parts)
  const last = jobs.at(-1)
  const hasEnded = wait && last !== undefined ? await runner.waitForEnd(last) : false
  for (const { window, reason } of lost) run.output.warn(`Not replayed: ${formatWindow(window)}. ${reason}`)
  run.output.print(
    { webhookId, ...toDates(window), jobs: jobs.map(toJobReport), lost: lost.map(toLostReport), hasEnded },
    () => describe({ jobs, lost, hasEnded, wait }),
  )
}

/** Starts the jobs one after the other. A job that X refuses does not stop the others, unless it refuses them all. */
async function startAll(
  run: ReplayRun,
  runner: JobRunner,
  parts: readonly TimeWindow[],
): Promise<{ jobs: StartedJob[]; lost: LostWindow[] }> {
  const jobs: StartedJob[] = []
  const lost: LostWindow[] = []
  for (const [index, window] of parts.entries()) {
    try {
      const job = await runner.start(window, index + 1)
      jobs.push(job)
      if (job.window.from > window.from) {
        const tooOld = { from: window.from, to: job.window.from }
        lost.push({ window: tooOld, reason: 'It became too old for X while another job was running.' })
        run.setExitCode(exitCodes.failed)
      }
    } catch (error) {
      if (run.signal.aborted || jobs.length + lost.length === 0) throw error
      const { message, hint } = toErrorReport(error)
      lost.push({ window, reason: hint === undefined ? message : `${message} ${hint}` })
      run.setExitCode(exitCodeOf(error))
      if (isForAllJobs(error)) {
        lost.push(
          ...parts.slice(index + 1).map((rest) => ({ window: rest, reason: 'It was not tried after this error.' })),
        )
        return { jobs, lost }
      }
    }
  }
  return { jobs, lost }
}

/** Whether the next job would fail for the same reason. */
function isForAllJobs(error: unknown): boolean {
  return !isApiError(error, 'replay.create') || error.reason !== 'QueryParamInvalid'
}

function toDates({ from, to }: TimeWindow) {
  return { from: from.toISOString(), to: to.toISOString() }
}

function toJobReport({ jobId, createdAt, window }: StartedJob) {
  return { jobId, createdAt: createdAt.toISOString(), ...toDates(window) }
}

function toLostReport({ window, reason }: LostWindow) {
  return { ...toDates(window), reason }
}

interface Outcome {
  readonly jobs: readonly StartedJob[]
  readonly lost: readonly LostWindow[]
  readonly hasEnded: boolean
  readonly wait: boolean
}

function describe({ jobs, lost, hasEnded, wait }: Outcome): string {
  const taken = `X took ${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'}${lost.length > 0 ? ', and a part of the window is not replayed' : ''}`
  if (hasEnded) return `${taken}, and the last one has ended.`
  return wait ? `${taken}. X does not say whether the last one has ended.` : `${taken}. The last one may still run.`
}
