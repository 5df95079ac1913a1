import type { ActivityEvent } from '../../events/events.ts'
import { type Awaitable, andThen, isPromise } from '../../internal/awaitable.ts'
import { handlerFailed, handlerTooSlow, received, type Verdict } from '../answers.ts'
import type { TakeDelivery } from '../delivery/verify-delivery.ts'
import type { ErrorHandler } from '../handler.ts'
import type { Settings } from '../settings.ts'
import type { HandleOnce } from './handle-once.ts'
import { contextOf } from './handler-context.ts'
import { createLanes } from './keyed-queue.ts'
import type { TimeLimit, TimeLimits } from './time-limit.ts'

/** What handling deliveries needs. */
export interface DeliveryHandling extends Pick<Settings, 'ack' | 'order' | 'handlerTimeoutMs'> {
  readonly handleOnce: HandleOnce
  readonly limits: TimeLimits
  readonly report: ErrorHandler
}

/** Hands the events of a delivery to their handlers, one after the other. */
export function createHandleDelivery(handling: DeliveryHandling): TakeDelivery {
  const { ack, order, handlerTimeoutMs, handleOnce, limits, report } = handling
  const inLane = createLanes()
  const verdictOn = (allHandled: boolean) => (allHandled || ack === 'after-accept' ? received : handlerFailed)

  return (verified) => {
    const { delivery, receivedAt } = verified
    let current: ActivityEvent | undefined
    let onTooSlow: ((verdict: Verdict) => void) | undefined
    let limit: TimeLimit | undefined
    /** Handlers that are finished at once, and do not ask for it, need none. */
    const getLimit = () => {
      limit ??= limits.create({
        ms: handlerTimeoutMs,
        startedAt: receivedAt.getTime(),
        onOver: (reason) => {
          report(reason, { phase: 'handler', delivery, ...(current !== undefined && { event: current }) })
          onTooSlow?.(handlerTooSlow)
        },
      })
      return limit
    }
    const context = contextOf(verified, getLimit)

    const handle = (event: ActivityEvent): Awaitable<boolean> => {
      // X has been told that the rest was not handled, and sends it again.
      const isTooLate = ack === 'after-handlers' && limit?.reason() !== undefined
      current = isTooLate ? undefined : event
      return !isTooLate && andThen(handleOnce(event, context, getLimit), ({ isHandled }) => isHandled)
    }
    const handleAll = () =>
      andThen(inTurn(delivery.events.values(), handle), (allHandled) => {
        limit?.stop()
        return allHandled
      })

    const allHandled = inLane(order === 'account' ? delivery.forUserId : undefined, handleAll)
    if (!isPromise(allHandled)) return { verdict: verdictOn(allHandled) }
    getLimit().watch()
    if (ack === 'after-accept') return { verdict: received, ended: allHandled }
    const tooSlow = new Promise<Verdict>((resolve) => {
      onTooSlow = resolve
    })
    return { verdict: Promise.race([allHandled.then(verdictOn), tooSlow]), ended: allHandled }
  }
}

/** Does something about each, one after the other; whether all of it succeeded. */
function inTurn<T>(items: ArrayIterator<T>, act: (item: T) => Awaitable<boolean>, soFar = true): Awaitable<boolean> {
  let all = soFar
  for (const item of items) {
    const isDone = act(item)
    // The iterator of an array goes on where this loop has left it.
    if (isPromise(isDone)) return isDone.then((last) => inTurn(items, act, all && last))
    all &&= isDone
  }
  return all
}
