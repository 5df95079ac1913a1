import type { ActivityEvent, Delivery } from '../../events/events.ts'
import { type Decision, handlerFailed, handlerTooSlow, received } from '../answers.ts'
import type { VerifiedDelivery } from '../delivery/verify-delivery.ts'
import type { PlatformContext } from '../receiver.ts'
import type { Outcome, ReceiverContext } from '../receiver-context.ts'
import { handleOnce } from './handle-once.ts'
import { Context, TimeLimit } from './time-limit.ts'

/** A delivery whose events are handled. */
export interface DeliveryRun {
  readonly delivery: Delivery
  readonly limit: TimeLimit
  readonly context: Context
  /** The event whose handlers are running: the one that a timeout is reported for. */
  current: ActivityEvent | undefined
  /** Called when the time of the handlers is over. */
  onExpired: (() => void) | undefined
}

export function createDeliveryRun(receiver: ReceiverContext, verified: VerifiedDelivery): DeliveryRun {
  const { delivery, receivedAt } = verified
  const limit = new TimeLimit(receiver, receivedAt.getTime(), (reason) => {
    const { current } = run
    receiver.report(reason, { phase: 'handler', delivery, ...(current !== undefined && { event: current }) })
    run.onExpired?.()
  })
  const run: DeliveryRun = {
    delivery,
    limit,
    context: new Context(verified, limit),
    current: undefined,
    onExpired: undefined,
  }
  return run
}

/**
 * Hands the events of a delivery to their handlers, one after the other. Resolves to whether all of them are handled.
 * Never rejects.
 *
 * @param started - The place of the first event that is left, and its outcome when it has been started already.
 */
export async function handleEvents(
  receiver: ReceiverContext,
  run: DeliveryRun,
  started: { readonly index: number; readonly outcome?: Promise<Outcome> } = { index: 0 },
): Promise<boolean> {
  let areAllHandled = true
  for (const [index, event] of run.delivery.events.entries()) {
    if (index < started.index) continue
    const outcome = index === started.index ? started.outcome : undefined
    const isHandled = outcome === undefined ? await handleInTime(receiver, run, event) : (await outcome).isHandled
    areAllHandled &&= isHandled
  }
  run.limit.stop()
  return areAllHandled
}

/** Does not begin an event after the deadline: X has had its answer, and sends the event again. */
async function handleInTime(receiver: ReceiverContext, run: DeliveryRun, event: ActivityEvent): Promise<boolean> {
  const isTooLate = receiver.ack === 'after-handlers' && run.limit.reason !== undefined
  run.current = isTooLate ? undefined : event
  if (isTooLate) return false
  return (await handleOnce(receiver, { event, context: run.context, limit: run.limit })).isHandled
}

/** The answer to a delivery whose handlers have ended. After an early answer, failures do not count any more. */
export function decideOn({ ack }: ReceiverContext, areAllHandled: boolean): Decision {
  return areAllHandled || ack === 'after-accept' ? received : handlerFailed
}

/** The answer to a delivery whose handlers are running: now, when they have ended, or at their deadline. */
export async function decideWhileRunning(
  receiver: ReceiverContext,
  run: DeliveryRun,
  areAllHandled: Promise<boolean>,
  platform: PlatformContext,
): Promise<Decision> {
  receiver.concurrency.track(areAllHandled)
  run.limit.start()
  if (receiver.ack === 'after-accept') {
    platform.waitUntil?.(areAllHandled)
    return received
  }
  const expired = new Promise<Decision>((resolve) => {
    run.onExpired = () => resolve(handlerTooSlow)
  })
  const decision = await Promise.race([areAllHandled.then((all) => decideOn(receiver, all)), expired])
  if (decision === handlerTooSlow) platform.waitUntil?.(areAllHandled)
  return decision
}
