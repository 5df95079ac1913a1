import type { ReplayJob } from '../../endpoints/replay-job.ts'
import { waitForEvent } from '../../internal/timers.ts'
import { breakDown } from '../state/outages.ts'
import { type Outcome, settle } from '../state/outcomes.ts'
import type { Piece, RecoveryState } from '../state/recovery-state.ts'
import type { Span } from '../state/time-spans.ts'
import { awaitWebhook } from './await-webhook.ts'
import { classifyRefusal } from './classify-refusal.ts'
import { book, type RunContext, waitUntil } from './run-context.ts'
import { toDates } from './step-reporter.ts'

/** Has X replay a piece, and waits until that has come to an end; or waits out what is in the way. */
export async function replayPiece(work: RunContext, piece: Piece): Promise<void> {
  const { settings, ledger, jobs, journal, signal } = work
  const job = await submit(work, piece)
  if (job === undefined) return
  const { jobId } = job
  const { from, to } = piece
  await ledger.change((state) => ({ state: { ...state, job: { jobId, from, to } } }))
  journal.say({ type: 'job', jobId, ...toDates(piece), attempt: piece.attempts + 1 })
  const end = await waitForEvent(settings.jobTimeoutMs, jobs.ended(jobId), settings, signal)
  await conclude(work, { piece, jobId, outcome: end?.outcome ?? 'timeout' })
}

/** The job, unless X does not take it on now: then whatever there was to wait for has been waited for. */
async function submit(work: RunContext, piece: Piece): Promise<ReplayJob | undefined> {
  const { client, webhookId, endpoint } = work.settings
  const options = { signal: work.signal, ...(endpoint !== undefined && { endpoint }) }
  try {
    return await client.replay.create(webhookId, toDates(piece), options)
  } catch (error) {
    work.signal.throwIfAborted()
    await waitOut(work, piece, error)
    return undefined
  }
}

async function waitOut(work: RunContext, piece: Piece, error: unknown): Promise<void> {
  const { settings, ledger } = work
  const refusal = classifyRefusal(error)
  switch (refusal.type) {
    case 'wait':
      if (refusal.reason === 'conflict') return waitOutConflict(work)
      return waitUntil(work, refusal.reason, refusal.until ?? settings.now() + settings.retryMs)
    case 'unreachable':
      await ledger.change((state) => ({ state: breakDown(state, settings.now()) }))
      return awaitWebhook(work, { probe: true })
    case 'window':
      // The clocks differ by more than is allowed for: in a while, a window that was too recent is not so any more.
      await bookOutcome(work, piece, 'refused')
      return waitUntil(work, 'too_recent', settings.now() + settings.retryMs)
    case 'final':
      throw error
    default:
      refusal satisfies never
  }
}

/** The job in the way may be one of ours, from before a crash, or one whose answer was lost. */
async function waitOutConflict(work: RunContext): Promise<void> {
  const { settings, ledger, jobs, journal, signal } = work
  const { retryMs } = settings
  journal.say({ type: 'waiting', reason: 'conflict', until: new Date(settings.now() + retryMs) })
  const end = await waitForEvent(retryMs, jobs.next(), settings, signal)
  if (end === undefined) return
  const piece = pieceOf(ledger.current(), end.jobId)
  if (piece !== undefined) await conclude(work, { piece, ...end })
}

function pieceOf({ job, pieces }: RecoveryState, jobId: string): Piece | undefined {
  if (job?.jobId !== jobId) return undefined
  return pieces.find(({ from, to }) => from === job.from && to === job.to)
}

async function conclude(
  work: RunContext,
  { piece, jobId, outcome }: { piece: Piece; jobId: string; outcome: 'complete' | 'incomplete' | 'timeout' },
): Promise<void> {
  if (outcome === 'complete') work.journal.recovered(piece)
  await bookOutcome(work, piece, outcome)
  work.journal.say({ type: 'job_ended', jobId, outcome, ...toDates(piece) })
}

async function bookOutcome(work: RunContext, piece: Piece, outcome: Outcome): Promise<void> {
  const { maxAttempts } = work.settings
  await book(work, outcome === 'refused' ? 'refused' : 'incomplete', ({ job, ...state }) =>
    settle(isOf(job, piece) ? state : { ...state, ...(job && { job }) }, { piece, outcome, maxAttempts }),
  )
}

function isOf(job: Span | undefined, piece: Span): boolean {
  return job?.from === piece.from && job.to === piece.to
}
