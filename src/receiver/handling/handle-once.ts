import type { ActivityEvent, ReplayJobStatusEvent } from '../../events/events.ts'
import { type Awaitable, andThen, attempt, isPromise } from '../../internal/awaitable.ts'
import type { Claim } from '../../stores/dedupe/dedupe-store.ts'
import type { ErrorHandler, HandlerContext } from '../handler.ts'
import type { Registry } from '../handler-registry.ts'
import { type ReplayReport, refOf } from '../hooks.ts'
import type { Settings } from '../settings.ts'
import type { TimeLimit } from './time-limit.ts'

/** What became of an event: handled, now or before, or why it is not. */
export type Outcome = { readonly isHandled: true } | { readonly isHandled: false; readonly error: unknown }

/** Hands an event to its handlers, unless it is handled already. It neither throws nor rejects. */
export type HandleOnce = (event: ActivityEvent, context: HandlerContext, limit: () => TimeLimit) => Awaitable<Outcome>

/** What handling needs. */
export interface Handling extends Pick<Settings, 'dedupe' | 'tell' | 'now'> {
  readonly registry: Registry
  readonly report: ErrorHandler
}

const handled: Outcome = { isHandled: true }

export function createHandleOnce({ registry, dedupe, report, tell, now }: Handling): HandleOnce {
  /** The events under way here: a second delivery of one waits for the first, and shares its end. */
  const underWay = new Map<string, Awaitable<Outcome>>()

  const handleClaimed = (claim: Claim, event: ActivityEvent, context: HandlerContext, limit: () => TimeLimit) => {
    if (claim !== 'claimed') tell.duplicate(() => ({ ...refOf(event), state: claim }))
    if (claim === 'done') return handled
    // Somebody else is at it: whether they succeed is not known, so it is to come again.
    if (claim === 'in_progress') return notHandled(new Error('The event is being handled elsewhere'))
    if (event.type === 'replay_job_status') tell.replay(() => describeReplay(event))
    return andThen(runHandlers(event, context, limit), (outcome) => {
      const kept = outcome.isHandled ? dedupe.commit(event.id) : dedupe.release(event.id)
      return andThen(kept, () => outcome)
    })
  }

  /** Every handler runs, whatever becomes of the others. */
  const runHandlers: HandleOnce = (event, context, limit) => {
    const startedAt = now()
    let outcome = handled
    const fail = (error: unknown) => {
      if (outcome.isHandled) outcome = notHandled(error)
      // A handler that heeds its signal fails with what has been reported when it fired.
      if (error === undefined || error !== limit().reason()) {
        report(error, { phase: 'handler', event, delivery: context.delivery })
      }
    }
    let ended: Awaitable<unknown>
    for (const handler of registry.handlersOf(event)) {
      try {
        const end = handler(event, context)
        if (isPromise(end)) ended = Promise.all([ended, Promise.resolve(end).catch(fail)])
      } catch (error) {
        fail(error)
      }
    }
    return andThen(ended, () => {
      tell.event(() => ({ ...refOf(event), isHandled: outcome.isHandled, durationMs: now() - startedAt }))
      return outcome
    })
  }

  return (event, context, limit) => {
    const known = underWay.get(event.id)
    if (known !== undefined) {
      tell.duplicate(() => ({ ...refOf(event), state: 'in_progress' }))
      return known
    }
    const run = attempt(
      () => andThen(dedupe.claim(event.id), (claim) => handleClaimed(claim, event, context, limit)),
      (error) => {
        report(error, { phase: 'store', event, delivery: context.delivery })
        return notHandled(error)
      },
    )
    if (!isPromise(run)) return run
    underWay.set(event.id, run)
    // Before whoever waits for it goes on.
    void run.then(() => underWay.delete(event.id))
    return run
  }
}

function notHandled(error: unknown): Outcome {
  return { isHandled: false, error }
}

function describeReplay({ jobId, payload }: ReplayJobStatusEvent): ReplayReport {
  const { webhook_id, job_state } = payload
  return { jobId, state: job_state, ...(webhook_id !== undefined && { webhookId: webhook_id }) }
}
