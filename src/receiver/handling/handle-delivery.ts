import { activityOf } from '../../events/activities/activity-of.ts'
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
  /** Milliseconds since 1970. */
  readonly receivedAt: number
  /** Whether all its events are being handled already: it waits for them, and does nothing itself. */
  readonly isRepeat: boolean
  limit: TimeLimit
  context: Context
  /** The event whose handlers are running: the one that a timeout is reported for. */
  current: ActivityEvent | undefined
  /** Called when the time of the handlers is over. */
  onExpired: (() => void) | undefined
}

export function createDeliveryRun(receiver: ReceiverContext, { delivery, receivedAt }: VerifiedDelivery): DeliveryRun {
  const onExpired = (reason: unknown) => reportExpired(receiver, run, reason)
  const limit = new TimeLimit(receiver, receivedAt, onExpired)
  const run: DeliveryRun = {
    delivery,
    receivedAt,
    isRepeat: isRepeat(receiver, delivery),
    limit,
    context: new Context({ delivery, receivedAt }, limit),
    current: undefined,
    onExpired: undefined,
  }
  return run
}

function isRepeat({ inProgress, handlers }: ReceiverContext, { events }: Delivery): boolean {
  if (inProgress.size === 0 || events.length === 0) return false
  const isRunning = (id: string | undefined) => id !== undefined && inProgress.has(id)
  return events.every((event) => {
    if (isRunning(event.id)) return true
    return handlers.hasActivityHandlers() && isRunning(activityOf(event)?.key)
  })
}

function reportExpired({ report }: ReceiverContext, run: DeliveryRun, reason: unknown): void {
  const { current, delivery } = run
  report(reason, { phase: 'handler', delivery, ...(current !== undefined && { event: current }) })
  run.onExpired?.()
}

/** After an early answer, the time of the handlers of an event runs from their turn, not from the delivery. */
function renewLimit(receiver: ReceiverContext, run: DeliveryRun): void {
  run.limit.stop()
  run.limit = new TimeLimit(receiver, receiver.now(), (reason) => reportExpired(receiver, run, reason))
  run.context = new Context(run, run.limit)
  run.limit.start()
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
  if (receiver.ack === 'after-accept') renewLimit(receiver, run)
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
  if (!run.isRepeat) receiver.concurrency.track(areAllHandled)
  // A delivery that waits in a queue has not begun, and an early answer gives it all its time then.
  const hasBegun = run.current !== undefined
  if (hasBegun || receiver.ack === 'after-handlers') run.limit.start()
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
