import type { ActivityEvent, ReplayJobStatusEvent } from '../../events/events.ts'
import { type Awaitable, isPromise } from '../../internal/awaitable.ts'
import type { Claim } from '../../stores/dedupe/dedupe-store.ts'
import { type ReplayReport, refOf } from '../hooks.ts'
import type { Outcome, ReceiverContext } from '../receiver-context.ts'
import type { Context, TimeLimit } from './time-limit.ts'

/** An event that is to be handled, and what its handlers are given. */
export interface EventRun {
  readonly event: ActivityEvent
  readonly context: Context
  readonly limit: TimeLimit
}

/** Handlers that have been started. */
export interface HandlerRun {
  readonly startedAt: number
  /** The first error, or that there is none so far. */
  outcome: Outcome
  /** Those that have not ended. */
  readonly pending: Promise<unknown>[]
}

export const handled: Outcome = { isHandled: true }

/** Hands an event to its handlers, unless it is handled already. Never rejects. */
export function handleOnce(receiver: ReceiverContext, run: EventRun): Promise<Outcome> {
  return joinRunning(receiver, run) ?? trackRunning(receiver, run, handleClaimed(receiver, run))
}

/** The outcome of an event that is being handled in this process, if it is. */
export function joinRunning({ inProgress, emit }: ReceiverContext, { event }: EventRun): Promise<Outcome> | undefined {
  const running = inProgress.size > 0 ? inProgress.get(event.id) : undefined
  if (running !== undefined) emit.duplicate(() => ({ ...refOf(event), state: 'in_progress' }))
  return running
}

/** Remembers that an event is being handled, until it is not. */
export function trackRunning(
  { inProgress }: ReceiverContext,
  { event }: EventRun,
  outcome: Promise<Outcome>,
): Promise<Outcome> {
  inProgress.set(event.id, outcome)
  // First, so that it is gone before those who wait for the outcome go on.
  void outcome.then(() => inProgress.delete(event.id))
  return outcome
}

/** Claims an event, runs its handlers, and records the outcome. Never rejects. */
export async function handleClaimed(
  receiver: ReceiverContext,
  run: EventRun,
  claim: () => Awaitable<Claim> = () => receiver.dedupe.claim(run.event.id),
): Promise<Outcome> {
  try {
    const known = outcomeOfClaim(receiver, run.event, await claim())
    return known ?? (await finishHandlers(receiver, run, startHandlers(receiver, run)))
  } catch (error) {
    return storeFailed(receiver, run, error)
  }
}

/** What a claim says about an event that does not have to be handled now. */
export function outcomeOfClaim({ emit }: ReceiverContext, event: ActivityEvent, claim: Claim): Outcome | undefined {
  if (claim !== 'claimed') emit.duplicate(() => ({ ...refOf(event), state: claim }))
  if (claim === 'done') return handled
  // Whether the other process succeeds is not known, so X has to send the event again.
  if (claim === 'in_progress') return notHandled(new Error('Another process is handling the event.'))
  if (event.type === 'replay_job_status') emit.replay(() => describeReplay(event))
  return undefined
}

/** Starts every handler of an event, whatever becomes of the others. */
export function startHandlers(receiver: ReceiverContext, { event, context, limit }: EventRun): HandlerRun {
  const run: HandlerRun = { startedAt: receiver.now(), outcome: handled, pending: [] }
  const fail = (error: unknown) => {
    if (run.outcome.isHandled) run.outcome = notHandled(error)
    // A handler that heeds its signal fails with the reason of the signal, which has been reported.
    if (error === undefined || error !== limit.reason) {
      receiver.report(error, { phase: 'handler', event, delivery: context.delivery })
    }
  }
  for (const handler of receiver.handlers.handlersOf(event)) {
    try {
      const result = handler(event, context)
      if (isPromise(result)) run.pending.push(Promise.resolve(result).catch(fail))
    } catch (error) {
      fail(error)
    }
  }
  return run
}

/** Waits for the handlers of an event, and records the outcome. */
export async function finishHandlers(receiver: ReceiverContext, run: EventRun, handlers: HandlerRun): Promise<Outcome> {
  await Promise.all(handlers.pending)
  await recordOutcome(receiver, run.event, handlers)
  return handlers.outcome
}

/** Reports how the handlers ended, and tells the dedupe store. */
export function recordOutcome(
  { dedupe, emit, now }: ReceiverContext,
  event: ActivityEvent,
  { outcome: { isHandled }, startedAt }: HandlerRun,
): Awaitable<void> {
  emit.event(() => ({ ...refOf(event), isHandled, durationMs: now() - startedAt }))
  return isHandled ? dedupe.commit(event.id) : dedupe.release(event.id)
}

/** Reports an error of the dedupe store. The event has to come again. */
export function storeFailed({ report }: ReceiverContext, { event, context }: EventRun, error: unknown): Outcome {
  report(error, { phase: 'store', event, delivery: context.delivery })
  return notHandled(error)
}

function notHandled(error: unknown): Outcome {
  return { isHandled: false, error }
}

function describeReplay({ jobId, payload }: ReplayJobStatusEvent): ReplayReport {
  const { webhook_id, job_state } = payload
  return { jobId, state: job_state, ...(webhook_id !== undefined && { webhookId: webhook_id }) }
}
