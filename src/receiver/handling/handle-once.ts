import type { ActivityEvent, ReplayJobStatusEvent } from '../../events/events.ts'
import { hasUniqueId } from '../../events/has-unique-id.ts'
import { type Awaitable, isPromise } from '../../internal/awaitable.ts'
import type { Claim } from '../../stores/dedupe/dedupe-store.ts'
import type { Handler } from '../handlers/handler.ts'
import type { EventRef, ReplayReport } from '../hooks.ts'
import type { Outcome, ReceiverContext } from '../receiver-context.ts'
import { noDedupe } from '../settings.ts'
import { assertClaim, claimInTime, commitHandled, releaseInTime, reportStore } from './dedupe.ts'
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
  /** The first error, or `handled` while there is no error. */
  outcome: Outcome
  /** Those that have not ended. */
  pending?: Promise<unknown>[]
  /** Those that have succeeded, now or before. */
  readonly succeeded: Handler[]
}

export const handled: Outcome = { isHandled: true }

/** Hands an event to its handlers, unless it is handled already. Never rejects. */
export async function handleOnce(receiverOfAll: ReceiverContext, run: EventRun): Promise<Outcome> {
  const receiver = receiverOf(receiverOfAll, run.event)
  return (
    outcomeWithoutClaim(receiver, run) ??
    joinRunning(receiver, run) ??
    trackRunning(receiver, run, handleClaimed(receiver, run))
  )
}

/** The receiver as an event sees it: one without memory for an event that must not be taken for a duplicate. */
export function receiverOf(receiver: ReceiverContext, event: ActivityEvent): ReceiverContext {
  if (hasUniqueId(event)) return receiver
  return { ...receiver, dedupe: noDedupe, inProgress: new Map(), succeeded: new Map(), uncommitted: new Set() }
}

/**
 * The outcome of an event that nothing has to be claimed for: one that no handler is there for, so that it is handled
 * when it comes again after a handler was added, or one that is handled but not committed.
 */
export function outcomeWithoutClaim(receiver: ReceiverContext, { event }: EventRun): Outcome | undefined {
  const { handlers, uncommitted, emit } = receiver
  if (handlers.handlersOf(event).length === 0) {
    if (event.type === 'replay_job_status') emit.replay(() => describeReplay(event))
    return handled
  }
  if (uncommitted.size === 0 || !uncommitted.has(event.id)) return undefined
  emit.duplicate(() => ({ ...refOf(event), state: 'done' }))
  return handled
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
    const known = outcomeOfClaim(receiver, run.event, await claimInTime(receiver, run, claim()))
    return known ?? (await finishHandlers(receiver, run, startHandlers(receiver, run)))
  } catch (error) {
    return storeFailed(receiver, run, error)
  }
}

/** What a claim says about an event that does not have to be handled now. */
export function outcomeOfClaim({ emit }: ReceiverContext, event: ActivityEvent, claim: Claim): Outcome | undefined {
  assertClaim(claim)
  if (claim !== 'claimed') emit.duplicate(() => ({ ...refOf(event), state: claim }))
  if (claim === 'done') return handled
  // Whether the other process succeeds is not known, so X has to send the event again.
  if (claim === 'in_progress') return notHandled(new Error('Another process is handling the event.'))
  if (event.type === 'replay_job_status') emit.replay(() => describeReplay(event))
  return undefined
}

/** Starts every handler of an event that has not succeeded with it before, whatever becomes of the others. */
export function startHandlers(receiver: ReceiverContext, { event, context, limit }: EventRun): HandlerRun {
  const run: HandlerRun = { startedAt: receiver.now(), outcome: handled, succeeded: [] }
  const fail = (error: unknown) => {
    if (run.outcome.isHandled) run.outcome = notHandled(error)
    // A handler that heeds its signal fails with the reason of the signal, which has been reported.
    if (error === undefined || error !== limit.reason) {
      receiver.report(error, { phase: 'handler', event, delivery: context.delivery })
    }
  }
  for (const handler of handlersLeft(receiver, event, run)) {
    try {
      const result = receiver.observers.isActive()
        ? callObserved(receiver, handler, event, context)
        : handler(event, context)
      if (isPromise(result)) {
        run.pending ??= []
        run.pending.push(Promise.resolve(result).then(() => run.succeeded.push(handler), fail))
      } else run.succeeded.push(handler)
    } catch (error) {
      fail(error)
    }
  }
  return run
}

/** Calls a handler, and emits how it ended. */
function callObserved(
  { observers, now }: ReceiverContext,
  handler: Handler,
  event: ActivityEvent,
  context: Context,
): unknown {
  const startedAt = now()
  const emit = (end: { readonly isHandled: boolean; readonly error?: unknown }) => {
    observers.emit('onHandler', () => ({ event, delivery: context.delivery, durationMs: now() - startedAt, ...end }))
  }
  const fail = (error: unknown) => {
    emit({ isHandled: false, error })
    throw error
  }
  try {
    const result = handler(event, context)
    if (isPromise(result)) return Promise.resolve(result).then(() => emit({ isHandled: true }), fail)
  } catch (error) {
    return fail(error)
  }
  return emit({ isHandled: true })
}

/** The handlers of an event without those that have succeeded with it before, which go to `run.succeeded`. */
function handlersLeft(receiver: ReceiverContext, event: ActivityEvent, run: HandlerRun): readonly Handler[] {
  const all = receiver.handlers.handlersOf(event)
  const before = receiver.succeeded.size > 0 ? receiver.succeeded.get(event.id) : undefined
  if (before === undefined) return all
  const left = [...all]
  for (const handler of before) {
    const index = left.indexOf(handler)
    if (index === -1) continue
    left.splice(index, 1)
    run.succeeded.push(handler)
  }
  return left
}

/** Waits for the handlers of an event, and records the outcome. */
export async function finishHandlers(receiver: ReceiverContext, run: EventRun, handlers: HandlerRun): Promise<Outcome> {
  await Promise.all(handlers.pending ?? [])
  await recordOutcome(receiver, run, handlers)
  return handlers.outcome
}

/** Reports how the handlers ended, and records it in the dedupe store. */
export function recordOutcome(receiver: ReceiverContext, run: EventRun, handlers: HandlerRun): Awaitable<void> {
  const { emit, now, succeeded } = receiver
  const { event } = run
  const { isHandled } = handlers.outcome
  emit.event(() => ({ ...refOf(event), isHandled, durationMs: now() - handlers.startedAt }))
  if (isHandled) {
    if (succeeded.size > 0) succeeded.delete(event.id)
    return commitHandled(receiver, run)
  }
  rememberSucceeded(receiver, event, handlers)
  return releaseInTime(receiver, event)
}

/** How many events are remembered that some of their handlers have succeeded with. The oldest is forgotten first. */
const mostSucceeded = 10_000

function rememberSucceeded({ succeeded }: ReceiverContext, event: ActivityEvent, run: HandlerRun): void {
  succeeded.delete(event.id)
  if (run.succeeded.length === 0) return
  succeeded.set(event.id, run.succeeded)
  const [oldest] = succeeded.keys()
  if (succeeded.size > mostSucceeded && oldest !== undefined) succeeded.delete(oldest)
}

/** Reports an error of the dedupe store. The event has to come again. */
export function storeFailed(receiver: ReceiverContext, run: EventRun, error: unknown): Outcome {
  reportStore(receiver, run, error)
  return notHandled(error)
}

function notHandled(error: unknown): Outcome {
  return { isHandled: false, error }
}

function describeReplay({ jobId, payload }: ReplayJobStatusEvent): ReplayReport {
  const { webhook_id, job_state } = payload
  return { jobId, state: job_state, ...(webhook_id !== undefined && { webhookId: webhook_id }) }
}

/** The part of an event that reports contain. */
export function refOf({ type, id, forUserId }: EventRef): EventRef {
  return { type, id, ...(forUserId !== undefined && { forUserId }) }
}
