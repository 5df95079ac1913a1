import type { ActivityEvent } from '../events/events.ts'
import { handlerFailed, handlerTooSlow, received, type Verdict } from './answers.ts'
import type { HandleOnce } from './handle-once.ts'
import type { ErrorHandler } from './handler.ts'
import { contextOf } from './handler-context.ts'
import { createLanes } from './lanes.ts'
import type { Settings } from './settings.ts'
import type { TimeLimits } from './time-limit.ts'
import type { TakeDelivery } from './verified-delivery.ts'

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

  return (verified) => {
    const { delivery } = verified
    let current: ActivityEvent | undefined
    let answer: (verdict: Verdict) => void = () => {}
    const verdict = new Promise<Verdict>((resolve) => {
      answer = resolve
    })
    if (ack === 'after-accept') answer(received)

    const limit = limits.start(handlerTimeoutMs, (reason) => {
      report(reason, { phase: 'handler', delivery, ...(current !== undefined && { event: current }) })
      answer(handlerTooSlow)
    })
    const context = contextOf(verified, limit)
    /** X has been told that the rest was not handled, and sends it again. */
    const isTooLate = () => ack === 'after-handlers' && limit.reason() !== undefined

    const handleAll = async (): Promise<boolean> => {
      let allHandled = true
      for (const event of delivery.events) {
        current = isTooLate() ? undefined : event
        const outcome = current && (await handleOnce(current, context, limit))
        if (!outcome?.isHandled) allHandled = false
      }
      limit.stop()
      answer(allHandled ? received : handlerFailed)
      return allHandled
    }

    return { verdict, ended: inLane(order === 'account' ? delivery.forUserId : undefined, handleAll) }
  }
}
