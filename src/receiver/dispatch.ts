import type { ActivityEvent, Delivery } from '../events/events.ts'
import type { DedupeStore } from '../stores/dedupe-store.ts'
import type { ErrorHandler, HandlerContext } from './receiver.ts'
import type { Registry } from './registry.ts'

/** What dispatching needs. */
export interface Dispatcher {
  readonly registry: Registry
  readonly dedupe: DedupeStore
  readonly report: ErrorHandler
}

/** Hands the events of a delivery to their handlers, one after the other; tells whether all of them are handled. */
export type Dispatch = (delivery: Delivery, receivedAt: Date) => Promise<boolean>

export function createDispatch({ registry, dedupe, report }: Dispatcher): Dispatch {
  /** The events under way here: a second delivery of one waits for the first, and shares its end. */
  const underWay = new Map<string, Promise<boolean>>()

  const handleOnce = (event: ActivityEvent, context: HandlerContext): Promise<boolean> => {
    const known = underWay.get(event.id)
    if (known !== undefined) return known
    const run = claimAndHandle(event, context)
    underWay.set(event.id, run)
    return run.finally(() => underWay.delete(event.id))
  }

  const claimAndHandle = async (event: ActivityEvent, context: HandlerContext): Promise<boolean> => {
    const { delivery } = context
    try {
      const claim = await dedupe.claim(event.id)
      // Somebody else is at it: whether they succeed is not known, so X is to send it again.
      if (claim !== 'claimed') return claim === 'done'
      const handled = await runHandlers(event, context)
      await (handled ? dedupe.commit(event.id) : dedupe.release(event.id))
      return handled
    } catch (error) {
      report(error, { phase: 'store', event, delivery })
      return false
    }
  }

  /** Every handler runs, whatever becomes of the others. */
  const runHandlers = async (event: ActivityEvent, context: HandlerContext): Promise<boolean> => {
    const runs = registry.handlersOf(event).map(async (handler) => handler(event, context))
    const ends = await Promise.allSettled(runs)
    for (const end of ends) {
      if (end.status === 'rejected') report(end.reason, { phase: 'handler', event, delivery: context.delivery })
    }
    return ends.every((end) => end.status === 'fulfilled')
  }

  return async (delivery, receivedAt) => {
    const context: HandlerContext = { delivery, receivedAt }
    let allHandled = true
    for (const event of delivery.events) {
      if (!(await handleOnce(event, context))) allHandled = false
    }
    return allHandled
  }
}
