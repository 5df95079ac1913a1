import type { Activity } from '../../events/activities/activity.ts'
import { activityOf } from '../../events/activities/activity-of.ts'
import type { ActivityEvent, ReplayJobStatusEvent } from '../../events/events.ts'
import { hasUniqueId } from '../../events/has-unique-id.ts'
import { type Awaitable, isPromise } from '../../internal/awaitable.ts'
import type { Claim, ClaimWithToken } from '../../stores/dedupe/dedupe-store.ts'
import { leaseLost, leaseLostError } from '../../stores/lease.ts'
import type { AnyHandler } from '../handlers/handler.ts'
import type { EventRef, ReplayReport } from '../hooks.ts'
import type { Outcome, ReceiverContext } from '../receiver-context.ts'
import { noDedupe } from '../settings.ts'
import {
  assertClaim,
  assertToken,
  claimInTime,
  commitHandled,
  releaseInTime,
  renewClaim,
  reportStore,
} from './dedupe.ts'
import type { Context, TimeLimit } from './time-limit.ts'

/** An event that is to be handled, and what its handlers are given. */
export interface EventRun {
  readonly event: ActivityEvent
  readonly context: Context
  readonly limit: TimeLimit
  /** Whether another item of the inbox has the activity of the event: then only the event itself is handled here. */
  readonly isActivityElsewhere?: boolean
}

/** The handlers that are called once for one id: those of the type of an event, or those of the kind of its activity. */
export interface OnceRun extends EventRun {
  /** What is claimed in the dedupe store. */
  readonly id: string
  readonly handlers: readonly AnyHandler[]
  /** What the handlers are given. */
  readonly subject: ActivityEvent | Activity
  /** Has the lease of the event once it is claimed. */
  context: Context
  /** The fencing token of the claim in the dedupe store, if it has one. */
  token: number | undefined
}

/** Handlers that have been started. */
export interface HandlerRun {
  readonly startedAt: number
  /** The first error, or `handled` while there is no error. */
  outcome: Outcome
  /** Those that have not ended. */
  pending: Promise<unknown>[] | undefined
  /** Those that have succeeded, now or before. Not recorded for a single handler: it does not run again when it succeeds. */
  readonly succeeded: AnyHandler[] | undefined
}

export const handled: Outcome = { isHandled: true }

/** Hands an event and its activity to their handlers, unless they are handled already. Never rejects. */
export async function handleOnce(receiverOfAll: ReceiverContext, run: EventRun): Promise<Outcome> {
  const receiver = receiverOf(receiverOfAll, run.event)
  const runs = runsOf(receiver, run)
  if (runs.length === 0) return handledByNone(receiver, run.event)
  const outcomes = await Promise.all(runs.map((one) => runOnce(receiver, one)))
  const failures = outcomes.filter((outcome) => !outcome.isHandled)
  // A failure of a handler here counts as an attempt, whatever another process is handling.
  return failures.find(({ isInProgress }) => !isInProgress) ?? failures[0] ?? handled
}

async function runOnce(receiver: ReceiverContext, run: OnceRun): Promise<Outcome> {
  return (
    outcomeWithoutClaim(receiver, run) ??
    joinRunning(receiver, run) ??
    trackRunning(receiver, run, handleClaimed(receiver, run))
  )
}

/** What has to be done for an event: its own handlers, and those of its activity, which has a claim of its own. */
function runsOf(receiver: ReceiverContext, run: EventRun): OnceRun[] {
  const own = runOfEvent(receiver, run)
  const ofActivity = run.isActivityElsewhere ? undefined : runOfActivity(receiver, run)
  return [...(own ? [own] : []), ...(ofActivity ? [ofActivity] : [])]
}

/** `undefined` when there is no handler. */
export function runOfEvent(
  { handlers: all }: ReceiverContext,
  { event, context, limit }: EventRun,
): OnceRun | undefined {
  const handlers = all.handlersOf(event)
  if (handlers.length === 0) return undefined
  return { event, context, limit, id: event.id, handlers, subject: event, token: undefined }
}

function runOfActivity({ handlers: all }: ReceiverContext, { event, context, limit }: EventRun): OnceRun | undefined {
  const activity = all.hasActivityHandlers() ? activityOf(event) : undefined
  const handlers = activity === undefined ? [] : all.activityHandlersOf(activity.kind)
  if (activity === undefined || handlers.length === 0) return undefined
  return { event, context, limit, id: activity.key, handlers, subject: activity, token: undefined }
}

/** The receiver as an event sees it: one without memory for an event that must not be taken for a duplicate. */
export function receiverOf(receiver: ReceiverContext, event: ActivityEvent): ReceiverContext {
  if (hasUniqueId(event)) return receiver
  return { ...receiver, dedupe: noDedupe, inProgress: new Map(), succeeded: new Map(), uncommitted: new Set() }
}

/** The outcome of an event that no handler is there for. It is not claimed: when it comes again, there may be one. */
export function handledByNone({ emit }: ReceiverContext, event: ActivityEvent): Outcome {
  if (event.type === 'replay_job_status') emit.replay(() => describeReplay(event))
  return handled
}

/** The outcome of what is handled, though it is not committed. */
export function outcomeWithoutClaim({ uncommitted, emit }: ReceiverContext, run: OnceRun): Outcome | undefined {
  if (uncommitted.size === 0 || !uncommitted.has(run.id)) return undefined
  emit.duplicate(() => ({ ...refOfRun(run), state: 'done' }))
  return handled
}

/** The outcome of what is being handled in this process, if it is. */
export function joinRunning({ inProgress, emit }: ReceiverContext, run: OnceRun): Promise<Outcome> | undefined {
  const running = inProgress.size > 0 ? inProgress.get(run.id) : undefined
  if (running !== undefined) emit.duplicate(() => ({ ...refOfRun(run), state: 'in_progress' }))
  return running
}

/** Remembers what is being handled, until it is not. */
export function trackRunning(
  { inProgress }: ReceiverContext,
  { id }: OnceRun,
  outcome: Promise<Outcome>,
): Promise<Outcome> {
  inProgress.set(id, outcome)
  // First, so that it is gone before those who wait for the outcome go on.
  void outcome.then(() => inProgress.delete(id))
  return outcome
}

/** Makes the claim, runs the handlers, and records the outcome. Never rejects. */
export async function handleClaimed(
  receiver: ReceiverContext,
  run: OnceRun,
  claim: () => Awaitable<Claim | ClaimWithToken> = () => receiver.dedupe.claim(run.id),
): Promise<Outcome> {
  try {
    const known = outcomeOfClaim(receiver, run, await claimInTime(receiver, run, claim()))
    return known ?? (await finishHandlers(receiver, run, startHandlers(receiver, run)))
  } catch (error) {
    return storeFailed(receiver, run, error)
  }
}

/** What a claim says about what does not have to be handled now. */
export function outcomeOfClaim(
  { emit }: ReceiverContext,
  run: OnceRun,
  answer: Claim | ClaimWithToken,
): Outcome | undefined {
  const claim = typeof answer === 'object' && answer !== null ? takeLease(run, answer) : answer
  assertClaim(claim)
  const { event } = run
  if (claim !== 'claimed') emit.duplicate(() => ({ ...refOfRun(run), state: claim }))
  if (claim === 'done') return handled
  // Whether the other process succeeds is not known, so X has to send the event again.
  if (claim === 'in_progress') {
    return { isHandled: false, error: new Error('Another process is handling the event.'), isInProgress: true }
  }
  if (event.type === 'replay_job_status') emit.replay(() => describeReplay(event))
  return undefined
}

/** The handlers get the lease of their claim, unless they have that of an item of the inbox. */
function takeLease(run: OnceRun, { state, token }: ClaimWithToken): Claim {
  if (state !== 'claimed') return state
  assertToken(token)
  if (token === undefined) return state
  run.token = token
  if (run.context.lease === undefined) run.context = run.context.withLease({ token })
  return state
}

/** Starts every handler that has not succeeded before, whatever becomes of the others. */
export function startHandlers(receiver: ReceiverContext, once: OnceRun): HandlerRun {
  const { context, subject, handlers } = once
  const succeeded = handlers.length > 1 ? [] : undefined
  const run: HandlerRun = { startedAt: receiver.now(), outcome: handled, pending: undefined, succeeded }
  for (const handler of handlersLeft(receiver, once, run)) {
    try {
      const result = receiver.observers.isActive()
        ? callObserved(receiver, handler, once)
        : handler(subject as never, context)
      if (isPromise(result)) {
        run.pending ??= []
        const fail = (error: unknown) => handlerFailed(receiver, once, run, error)
        run.pending.push(Promise.resolve(result).then(() => run.succeeded?.push(handler), fail))
      } else run.succeeded?.push(handler)
    } catch (error) {
      handlerFailed(receiver, once, run, error)
    }
  }
  return run
}

function handlerFailed(receiver: ReceiverContext, once: OnceRun, run: HandlerRun, error: unknown): void {
  if (run.outcome.isHandled) run.outcome = notHandled(error)
  const { event, context, limit } = once
  // A handler that heeds its signal fails with the reason of the signal, which has been reported.
  if (error !== undefined && error === limit.reason) return
  receiver.report(error, { phase: 'handler', event, delivery: context.delivery })
}

/** Calls a handler, and emits how it ended. */
function callObserved({ observers, now }: ReceiverContext, handler: AnyHandler, run: OnceRun): unknown {
  const { event, context, subject } = run
  const startedAt = now()
  const emit = (end: { readonly isHandled: boolean; readonly error?: unknown }) => {
    observers.emit('onHandler', () => ({ event, delivery: context.delivery, durationMs: now() - startedAt, ...end }))
  }
  const fail = (error: unknown) => {
    emit({ isHandled: false, error })
    throw error
  }
  try {
    const result = handler(subject as never, context)
    if (isPromise(result)) return Promise.resolve(result).then(() => emit({ isHandled: true }), fail)
  } catch (error) {
    return fail(error)
  }
  return emit({ isHandled: true })
}

/** The handlers without those that have succeeded before, which go to `run.succeeded`. */
function handlersLeft(receiver: ReceiverContext, { id, handlers }: OnceRun, run: HandlerRun): readonly AnyHandler[] {
  const before = receiver.succeeded.size > 0 ? receiver.succeeded.get(id) : undefined
  if (before === undefined) return handlers
  const left = [...handlers]
  for (const handler of before) {
    const index = left.indexOf(handler)
    if (index === -1) continue
    left.splice(index, 1)
    run.succeeded?.push(handler)
  }
  return left
}

/** Waits for the handlers, and records the outcome. */
export async function finishHandlers(receiver: ReceiverContext, run: OnceRun, handlers: HandlerRun): Promise<Outcome> {
  const stopRenewing = renewClaim(receiver, run)
  await Promise.all(handlers.pending ?? [])
  stopRenewing?.()
  await recordOutcome(receiver, run, handlers)
  return handlers.outcome
}

/** Reports how the handlers ended, and records it in the dedupe store. */
export function recordOutcome(receiver: ReceiverContext, run: OnceRun, handlers: HandlerRun): Awaitable<void> {
  const { emit, now, succeeded } = receiver
  const { isHandled } = handlers.outcome
  emit.event(() => ({ ...refOfRun(run), isHandled, durationMs: now() - handlers.startedAt }))
  if (isHandled) {
    if (succeeded.size > 0) succeeded.delete(run.id)
    const isCommitted = commitHandled(receiver, run)
    if (isPromise(isCommitted)) return isCommitted.then((is) => checkCommitted(receiver, run, handlers, is))
    return checkCommitted(receiver, run, handlers, isCommitted)
  }
  rememberSucceeded(receiver, run, handlers)
  return releaseInTime(receiver, run)
}

/** What was handled after its claim was lost does not count: another process may be handling the event. */
function checkCommitted(receiver: ReceiverContext, run: OnceRun, handlers: HandlerRun, isCommitted: boolean): void {
  if (isCommitted) return
  const { event, context, limit } = run
  const error =
    limit.reason instanceof DOMException && limit.reason.name === leaseLost ? limit.reason : leaseLostError()
  handlers.outcome = notHandled(error)
  // The reason of the signal has been reported.
  if (error !== limit.reason) receiver.report(error, { phase: 'handler', event, delivery: context.delivery })
}

/** How many events are remembered that some of their handlers have succeeded with. The oldest is forgotten first. */
const mostSucceeded = 10_000

function rememberSucceeded({ succeeded }: ReceiverContext, { id }: OnceRun, run: HandlerRun): void {
  succeeded.delete(id)
  if (run.succeeded === undefined || run.succeeded.length === 0) return
  succeeded.set(id, run.succeeded)
  const [oldest] = succeeded.keys()
  if (succeeded.size > mostSucceeded && oldest !== undefined) succeeded.delete(oldest)
}

/** Reports an error of the dedupe store. The event has to come again. */
export function storeFailed(receiver: ReceiverContext, run: OnceRun, error: unknown): Outcome {
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

/** The same with what is claimed: for the handlers of an activity, its key. */
function refOfRun({ id, event }: OnceRun): EventRef {
  return { ...refOf(event), id }
}
