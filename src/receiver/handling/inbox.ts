import { activityOf } from '../../events/activities/activity-of.ts'
import type { ActivityEvent, Delivery } from '../../events/events.ts'
import { hasUniqueId } from '../../events/has-unique-id.ts'
import { parseDelivery } from '../../events/parse-delivery.ts'
import { type ConcurrencyLimit, createConcurrencyLimit } from '../../internal/concurrency-limit.ts'
import type { DeadLetter, Inbox, InboxItem, InboxRun, NewInboxItem } from '../../stores/inbox/inbox.ts'
import { type Decision, inboxFailed, received } from '../answers.ts'
import type { VerifiedDelivery } from '../delivery/verify-delivery.ts'
import type { DeadLetterReport, EventRef } from '../hooks.ts'
import type { ReceiverContext } from '../receiver-context.ts'
import { inStoreTime } from './dedupe.ts'
import { handleOnce, refOf } from './handle-once.ts'
import { Context, TimeLimit } from './time-limit.ts'

/** Puts the events of a delivery into the inbox. Never rejects. */
export async function enqueueDelivery(receiver: ReceiverContext, verified: VerifiedDelivery): Promise<Decision> {
  const { inbox, report } = receiver
  const { delivery } = verified
  try {
    if (inbox !== undefined && delivery.events.length > 0) {
      const items = toItems(receiver, verified)
      const added = await inStoreTime<Added>(receiver, 'inbox.add', inbox.add(items))
      emitDuplicates(receiver, delivery, items, added)
    }
    return received
  } catch (error) {
    report(error, { phase: 'store', delivery })
    return inboxFailed
  }
}

type Added = Awaited<ReturnType<Inbox['add']>>

/** The items have the order of their events. An inbox that resolves to nothing reports no duplicates. */
function emitDuplicates(
  { emit }: ReceiverContext,
  { events }: Delivery,
  items: readonly NewInboxItem[],
  added: Added,
): void {
  const duplicates = added?.duplicates
  if (!Array.isArray(duplicates)) return
  for (const id of duplicates) {
    const event = events[items.findIndex((item) => item.id === id)]
    if (event !== undefined) emit.duplicate(() => ({ ...refOf(event), state: 'accepted' }))
  }
}

function toItems({ order, inbox }: ReceiverContext, { delivery, body, receivedAt }: VerifiedDelivery): NewInboxItem[] {
  const item = { body: typeof body === 'string' ? body : new TextDecoder().decode(body), receivedAt }
  return delivery.events.map((event, eventIndex) => {
    const suffix = hasUniqueId(event) ? '' : `${uniqueMark}${crypto.randomUUID()}`
    const key = inbox?.claimsKeys ? activityOf(event)?.key : undefined
    const activityKey = key === undefined ? {} : { activityKey: `${key}${suffix}` }
    // A delivery of the X Activity API with a list can have events of several accounts.
    const orderingKey = order === 'account' ? (event.forUserId ?? delivery.forUserId) : undefined
    const ordering = orderingKey === undefined ? {} : { orderingKey }
    return { id: `${event.id}${suffix}`, eventIndex, ...item, ...ordering, ...activityKey }
  })
}

/**
 * Separates the id of an event from what makes the id of its item unique. An inbox removes duplicates by ids, so an event
 * without a unique id needs a new one. The mark is escaped in ids of events.
 */
const uniqueMark = '#item-'

/**
 * The event of a delivery that an item was made of, by its id, or else by its place: a later version of the package may give
 * it another id.
 *
 * @throws Error when the delivery has no such event.
 */
function eventOfItem({ events }: Delivery, { id: itemId, eventIndex = -1 }: NewInboxItem): ActivityEvent {
  const mark = itemId.lastIndexOf(uniqueMark)
  const id = mark === -1 ? itemId : itemId.slice(0, mark)
  const inPlace = events[eventIndex]
  const event = inPlace?.id === id ? inPlace : (events.find((one) => one.id === id) ?? inPlace)
  if (event === undefined) throw new Error(`The delivery in the inbox does not contain the event ${id}.`)
  return event
}

/** The processing of an inbox in this process. */
export interface InboxProcessor {
  /** Starts processing, or has the items offered again that were given back. Waits for the handlers that are being added. */
  readonly start: () => void
  /** The items that are being handled here. `undefined` without an inbox. */
  readonly work: ConcurrencyLimit | undefined
  /** Whether items are taken. */
  readonly isRunning: () => boolean
  /** Takes no more items. Resolves when the handlers of those that were taken have ended. */
  readonly stop: () => Promise<void>
}

/** Hands the items of the inbox to the handlers. */
export function createInboxProcessor(receiver: ReceiverContext): InboxProcessor {
  const { inbox, workers, report, now } = receiver
  const work = inbox && createConcurrencyLimit(workers, now)
  let run: InboxRun | undefined
  let state: 'idle' | 'starting' | 'started' | 'stopped' = workers > 0 && inbox !== undefined ? 'idle' : 'stopped'

  const onError = (error: unknown) => report(error, { phase: 'store' })
  const onDeadLetter = (letter: DeadLetter) => receiver.emit.deadLetter(() => describeDeadLetter(letter))
  const handle = (item: InboxItem, signal: AbortSignal) => {
    const decideWithoutHandler = run?.offerAgain === undefined ? failWithoutHandler : giveBack
    const canPostpone = run?.canPostpone ?? false
    const handling = handleItem(receiver, item, signal, { decideWithoutHandler, canPostpone })
    work?.track(handling)
    return handling
  }
  const startRun = () => {
    if (state !== 'starting') return
    state = 'started'
    try {
      if (run === undefined) run = inbox?.run(handle, { concurrency: workers, onError, onDeadLetter })
      else run.offerAgain?.()
    } catch (error) {
      onError(error)
    }
  }

  return {
    work,
    isRunning: () => state === 'started',
    start: () => {
      if (state === 'stopped' || state === 'starting') return
      state = 'starting'
      queueMicrotask(startRun)
    },
    stop: async () => {
      state = 'stopped'
      await run?.stop().catch(onError)
    },
  }
}

function describeDeadLetter(letter: DeadLetter): DeadLetterReport {
  const { attempts, failedAt, receivedAt } = letter
  return { ...refOfItem(letter), attempts, ageMs: Math.max(failedAt - receivedAt, 0) }
}

/** An item whose body cannot be read is a dead letter too. */
function refOfItem(item: NewInboxItem): EventRef {
  try {
    return refOf(eventOfItem(parseDelivery(item.body), item))
  } catch {
    return { type: 'unknown', id: item.id }
  }
}

const giveBack = () => 'no_handler' as const

/** Some inboxes cannot keep what is given back. There, the item must not count as handled. */
const failWithoutHandler = ({ type }: ActivityEvent) => {
  throw new Error(`The event type ${type} has no handler. Add one with "on", "onActivity" or "onAny".`)
}

/** What the inbox can do with an item that is not handled here. */
interface ItemOptions {
  readonly decideWithoutHandler: (event: ActivityEvent) => 'no_handler'
  readonly canPostpone: boolean
}

/** Rejects when the event was not handled: the inbox hands the item out again. */
async function handleItem(
  receiverOfAll: ReceiverContext,
  item: InboxItem,
  signal: AbortSignal,
  { decideWithoutHandler, canPostpone }: ItemOptions,
): Promise<undefined | 'no_handler' | 'in_progress'> {
  const { body, receivedAt } = item
  const receiver = withAttempt(receiverOfAll, item.attempt)
  const delivery = parseDelivery(body)
  const event = eventOfItem(delivery, item)
  receiver.observers.emit('onDelivery', () => ({
    source: 'inbox' as const,
    delivery,
    body,
    receivedAt: new Date(receivedAt),
  }))
  if (!hasHandler(receiver, event)) return decideWithoutHandler(event)
  const onExpired = (reason: unknown) => receiver.report(reason, { phase: 'handler', event, delivery })
  const limit = new TimeLimit(receiver, receiver.now(), onExpired)
  const stopListening = onAbort(signal, () => limit.end(signal.reason))
  const context = new Context({ delivery, receivedAt }, limit, item.lease)
  limit.start()
  const isActivityElsewhere = receiver.inbox?.claimsKeys === true && item.activityKey === undefined
  const outcome = await handleOnce(receiver, { event, context, limit, isActivityElsewhere })
  stopListening()
  limit.stop()
  if (outcome.isHandled) return undefined
  if (outcome.isInProgress && canPostpone) return 'in_progress'
  throw outcome.error
}

/** The receiver as an item sees it: one whose reports of errors name the attempt. */
function withAttempt(receiver: ReceiverContext, attempt: number): ReceiverContext {
  return { ...receiver, report: (error, context) => receiver.report(error, { ...context, attempt }) }
}

/** The end of a replay job goes to the hooks, so it is handled without a handler. */
function hasHandler({ handlers }: ReceiverContext, event: ActivityEvent): boolean {
  if (event.type === 'replay_job_status' || handlers.handlersOf(event).length > 0) return true
  const activity = handlers.hasActivityHandlers() ? activityOf(event) : undefined
  return activity !== undefined && handlers.activityHandlersOf(activity.kind).length > 0
}

/** Calls a function when a signal fires, or now if it has fired. Returns a function that stops listening. */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act()
  signal.addEventListener('abort', act, { once: true })
  return () => signal.removeEventListener('abort', act)
}
