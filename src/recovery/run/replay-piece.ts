import type { ReplayJob } from '../../endpoints/replay-job.ts'
import { withTimeout } from '../../internal/timers.ts'
import type { JobEndedStep } from '../recovery-step.ts'
import { recordUnreachable } from '../state/outages.ts'
import { type Outcome, pieceOfJob, recordAttempt } from '../state/outcomes.ts'
import type { Piece } from '../state/recovery-state.ts'
import { awaitWebhook } from './await-webhook.ts'
import { classifyRefusal } from './classify-refusal.ts'
import { applyUpdate, type RunContext, waitUntil } from './run-context.ts'
import { toDates } from './step-reporter.ts'

/** Asks X to replay a piece and waits until the job ends. When X refuses, it waits until it makes sense to ask again. */
export async function replayPiece(context: RunContext, piece: Piece): Promise<void> {
  const { settings, persisted, jobs, reporter, signal } = context
  // Reads the store: another process may have taken the lease while this one was paused.
  await persisted.update((state) => ({ state }))
  const job = await createJob(context, piece)
  if (job === undefined) return
  const { jobId } = job
  const { from, to } = piece
  await persisted.update((state) => ({ state: { ...state, job: { jobId, from, to } } }))
  reporter.report({ type: 'job', jobId, ...toDates(piece), attempt: piece.attempts + 1 })
  const end = await withTimeout(jobs.waitForEnd(jobId), settings.jobTimeoutMs, settings, signal)
  await recordJobEnd(context, { piece, jobId, outcome: end?.outcome ?? 'timeout' })
}

/** Records the end of the last job, if a receiver saw it while no process had the lease. */
export async function recordKnownJobEnd(context: RunContext): Promise<void> {
  const { persisted, jobs } = context
  const { job } = persisted.current()
  const end = job && jobs.endOf(job.jobId)
  const piece = end && pieceOfJob(persisted.current(), end.jobId)
  if (end !== undefined && piece !== undefined) await recordJobEnd(context, { piece, ...end })
}

/** The job; `undefined` when X refused it for now and the cause was waited for. */
async function createJob(context: RunContext, piece: Piece): Promise<ReplayJob | undefined> {
  const { client, webhookId, endpoint } = context.settings
  const options = { signal: context.signal, ...(endpoint !== undefined && { endpoint }) }
  try {
    return await client.replay.create(webhookId, toDates(piece), options)
  } catch (error) {
    context.signal.throwIfAborted()
    await handleRefusal(context, piece, error)
    return undefined
  }
}

async function handleRefusal(context: RunContext, piece: Piece, error: unknown): Promise<void> {
  const { settings, persisted } = context
  const refusal = classifyRefusal(error)
  switch (refusal.type) {
    case 'wait':
      if (refusal.reason === 'conflict') return waitForConflictingJob(context)
      return waitUntil(context, refusal.reason, refusal.until ?? settings.now() + settings.retryMs)
    case 'unreachable':
      await persisted.update((state) => ({ state: recordUnreachable(state, settings.now()) }))
      return awaitWebhook(context, { probe: true })
    case 'window':
      // The clocks differ by more than the tolerance: after a while, a window that was too recent is accepted.
      await recordOutcome(context, piece, 'refused')
      return waitUntil(context, 'too_recent', settings.now() + settings.retryMs)
    case 'final':
      throw error
    default:
      refusal satisfies never
  }
}

/** The conflicting job may belong to this recovery: from before a crash, or because its answer was lost. */
async function waitForConflictingJob(context: RunContext): Promise<void> {
  const { settings, persisted, jobs, reporter, signal } = context
  const { retryMs } = settings
  reporter.report({ type: 'waiting', reason: 'conflict', until: new Date(settings.now() + retryMs) })
  const end = await withTimeout(jobs.waitForNextEnd(), retryMs, settings, signal)
  if (end === undefined) return
  const piece = pieceOfJob(persisted.current(), end.jobId)
  if (piece !== undefined) await recordJobEnd(context, { piece, ...end })
}

async function recordJobEnd(
  context: RunContext,
  { piece, jobId, outcome }: { piece: Piece; jobId: string; outcome: JobEndedStep['outcome'] },
): Promise<void> {
  if (outcome === 'complete') context.reporter.addRecovered(piece)
  await recordOutcome(context, piece, outcome)
  context.reporter.report({ type: 'job_ended', jobId, outcome, ...toDates(piece) })
}

async function recordOutcome(context: RunContext, piece: Piece, outcome: Outcome): Promise<void> {
  const { maxAttempts } = context.settings
  await applyUpdate(context, outcome === 'refused' ? 'refused' : 'incomplete', (state) =>
    recordAttempt(state, { piece, outcome, maxAttempts }),
  )
}
