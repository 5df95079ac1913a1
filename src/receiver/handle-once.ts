import type { ActivityEvent, ReplayJobStatusEvent } from '../events/events.ts'
import type { ErrorHandler, HandlerContext } from './handler.ts'
import { type ReplayReport, refOf } from './hooks.ts'
import type { Registry } from './registry.ts'
import type { Settings } from './settings.ts'
import type { TimeLimit } from './time-limit.ts'

/** What became of an event: handled, now or before, or why it is not. */
export type Outcome = { readonly isHandled: true } | { readonly isHandled: false; readonly error: unknown }

/** Hands an event to its handlers, unless it is handled already. It does not reject. */
export type HandleOnce = (event: ActivityEvent, context: HandlerContext, limit: TimeLimit) => Promise<Outcome>

/** What handling needs. */
export interface Handling extends Pick<Settings, 'dedupe' | 'tell' | 'now'> {
  readonly registry: Registry
  readonly report: ErrorHandler
}

const handled: Outcome = { isHandled: true }

export function createHandleOnce({ registry, dedupe, report, tell, now }: Handling): HandleOnce {
  /** The events under way here: a second delivery of one waits for the first, and shares its end. */
  const underWay = new Map<string, Promise<Outcome>>()

  const claimAndHandle: HandleOnce = async (event, context, limit) => {
    try {
      const claim = await dedupe.claim(event.id)
      if (claim !== 'claimed') tell.duplicate(() => ({ ...refOf(event), state: claim }))
      if (claim === 'done') return handled
      // Somebody else is at it: whether they succeed is not known, so it is to come again.
      if (claim === 'in_progress') return { isHandled: false, error: new Error('The event is being handled elsewhere') }
      if (event.type === 'replay_job_status') tell.replay(() => describeReplay(event))
      const outcome = await runHandlers(event, context, limit)
      await (outcome.isHandled ? dedupe.commit(event.id) : dedupe.release(event.id))
      return outcome
    } catch (error) {
      report(error, { phase: 'store', event, delivery: context.delivery })
      return { isHandled: false, error }
    }
  }

  /** Every handler runs, whatever becomes of the others. */
  const runHandlers: HandleOnce = async (event, context, limit) => {
    const startedAt = now()
    const failures: unknown[] = []
    const fail = (error: unknown) => {
      failures.push(error)
      // A handler that heeds its signal fails with what has been reported when it fired.
      if (error === undefined || error !== limit.reason()) {
        report(error, { phase: 'handler', event, delivery: context.delivery })
      }
    }
    await Promise.all(registry.handlersOf(event).map((handler) => attempt(() => handler(event, context), fail)))
    const isHandled = failures.length === 0
    tell.event(() => ({ ...refOf(event), isHandled, durationMs: now() - startedAt }))
    return isHandled ? handled : { isHandled, error: failures[0] }
  }

  return (event, context, limit) => {
    const known = underWay.get(event.id)
    if (known !== undefined) {
      tell.duplicate(() => ({ ...refOf(event), state: 'in_progress' }))
      return known
    }
    const run = claimAndHandle(event, context, limit)
    underWay.set(event.id, run)
    // Before whoever waits for it goes on.
    void run.then(() => underWay.delete(event.id))
    return run
  }
}

async function attempt(act: () => unknown, fail: (error: unknown) => void): Promise<void> {
  try {
    await act()
  } catch (error) {
    fail(error)
  }
}

function describeReplay({ jobId, payload }: ReplayJobStatusEvent): ReplayReport {
  const { webhook_id, job_state } = payload
  return { jobId, state: job_state, ...(webhook_id !== undefined && { webhookId: webhook_id }) }
}
