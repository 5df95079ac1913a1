import type { ActivityEvent, Delivery } from '../../events/events.ts'
import { type Awaitable, isPromise } from '../../internal/awaitable.ts'
import { settleWithin, sleep } from '../../internal/timers.ts'
import type { Claim } from '../../stores/dedupe/dedupe-store.ts'
import type { ReceiverContext } from '../receiver-context.ts'

/** What is claimed, and the event and the delivery for reports. */
interface HandledEvent {
  /** What is claimed: the id of the event, or the key of its activity. */
  readonly id: string
  readonly event: ActivityEvent
  readonly context: { readonly delivery: Delivery }
}

/** A store or an inbox did not answer in time. */
export class StoreTimeoutError extends Error {
  override readonly name = 'StoreTimeoutError'
}

/** What a store answers, or an error when it takes longer than a store may, or than the handlers have in all. */
export function inStoreTime<T>(
  { storeTimeoutMs, handlerTimeoutMs }: Pick<ReceiverContext, 'storeTimeoutMs' | 'handlerTimeoutMs'>,
  what: string,
  answer: Awaitable<T>,
): Promise<T> {
  const ms = Math.min(storeTimeoutMs, handlerTimeoutMs)
  return settleWithin(answer, ms, () => new StoreTimeoutError(`${what} did not answer within ${ms} ms.`))
}

/** Claims an event. A claim that is granted too late is released, because nothing uses it. */
export async function claimInTime(
  receiver: ReceiverContext,
  handled: HandledEvent,
  claim: Awaitable<Claim>,
): Promise<Claim> {
  try {
    return await inStoreTime(receiver, 'dedupe.claim', claim)
  } catch (error) {
    if (error instanceof StoreTimeoutError) void releaseLateClaim(receiver, handled, claim)
    throw error
  }
}

async function releaseLateClaim(receiver: ReceiverContext, handled: HandledEvent, claim: Awaitable<Claim>) {
  try {
    if ((await claim) === 'claimed') await receiver.dedupe.release(handled.id)
  } catch (error) {
    reportStore(receiver, handled, error)
  }
}

/** @throws TypeError when a store answers with something else than a claim. Nothing may run on that. */
export function assertClaim(claim: unknown): asserts claim is Claim {
  if (claim === 'claimed' || claim === 'in_progress' || claim === 'done') return
  const got = typeof claim === 'string' ? 'another string' : typeof claim
  throw new TypeError(`dedupe.claim must answer 'claimed', 'in_progress' or 'done', got ${got}`)
}

/** Commits a handled event, again and again if need be. Never rejects or throws. */
export function commitHandled(receiver: ReceiverContext, handled: HandledEvent): Awaitable<void> {
  try {
    const committed = receiver.dedupe.commit(handled.id)
    return isPromise(committed) ? commitLater(receiver, handled, committed) : undefined
  } catch (error) {
    return commitLater(receiver, handled, Promise.reject(error))
  }
}

/**
 * The handlers have succeeded, so their event must not run again because the store failed: this process remembers it,
 * and the commit is tried again behind the answer.
 */
async function commitLater(
  receiver: ReceiverContext,
  handled: HandledEvent,
  committed: Awaitable<void>,
): Promise<void> {
  try {
    await inStoreTime(receiver, 'dedupe.commit', committed)
  } catch (error) {
    reportStore(receiver, handled, error)
    rememberUncommitted(receiver, handled.id)
    receiver.runInBackground(retryCommit(receiver, handled))
  }
}

/** Of these, the oldest is forgotten first: a store that can claim but not commit must not fill the memory. */
const mostUncommitted = 10_000

function rememberUncommitted({ uncommitted }: ReceiverContext, id: string): void {
  uncommitted.add(id)
  const [oldest] = uncommitted
  if (uncommitted.size > mostUncommitted && oldest !== undefined) uncommitted.delete(oldest)
}

/** The waits before the commit is tried again, in milliseconds: about five minutes in all. */
const retryDelaysMs = [250, 1_000, 4_000, 15_000, 60_000, 240_000]

async function retryCommit(receiver: ReceiverContext, handled: HandledEvent): Promise<void> {
  const { dedupe, uncommitted, closing } = receiver
  const { id } = handled
  for (const delayMs of retryDelaysMs) {
    await sleep(delayMs, closing)
    try {
      await inStoreTime(receiver, 'dedupe.commit', dedupe.commit(id))
      uncommitted.delete(id)
      return
    } catch (error) {
      reportStore(receiver, handled, error)
    }
    if (closing.aborted) return
  }
}

/** Reports an error of the dedupe store. */
export function reportStore({ report }: ReceiverContext, { event, context }: HandledEvent, error: unknown): void {
  report(error, { phase: 'store', event, delivery: context.delivery })
}

/** Gives back a claim of what was not handled. */
export async function releaseInTime(receiver: ReceiverContext, { id }: HandledEvent): Promise<void> {
  await inStoreTime(receiver, 'dedupe.release', receiver.dedupe.release(id))
}
