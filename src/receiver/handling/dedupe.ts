import type { ActivityEvent, Delivery } from '../../events/events.ts'
import { kindOf } from '../../internal/assert.ts'
import { type Awaitable, isPromise } from '../../internal/awaitable.ts'
import { longestTimer, settleWithin, sleep } from '../../internal/timers.ts'
import { type Claim, type ClaimWithToken, stateOfClaim } from '../../stores/dedupe/dedupe-store.ts'
import { leaseLostError } from '../../stores/lease.ts'
import type { ReceiverContext } from '../receiver-context.ts'
import type { TimeLimit } from './time-limit.ts'

/** What is claimed, and the event and the delivery for reports. */
interface HandledEvent {
  /** What is claimed: the id of the event, or the key of its activity. */
  readonly id: string
  readonly event: ActivityEvent
  readonly context: { readonly delivery: Delivery }
  /** The fencing token of its claim, if it has one. */
  readonly token?: number | undefined
}

/** A store or an inbox did not answer in time. */
export class StoreTimeoutError extends Error {
  override readonly name = 'StoreTimeoutError'
}

/** What a store answers, or an error when it takes longer than a store may, or than the handlers have in all. */
export function inStoreTime<T>(
  { storeTimeoutMs, handlerTimeoutMs }: Pick<ReceiverContext, 'storeTimeoutMs' | 'handlerTimeoutMs'>,
  what: string,
  answer: T | PromiseLike<T>,
): Promise<T> {
  const ms = Math.min(storeTimeoutMs, handlerTimeoutMs)
  return settleWithin(answer, ms, () => new StoreTimeoutError(`${what} did not answer within ${ms} ms.`))
}

/** Claims an event. A claim that is granted too late is released, because nothing uses it. */
export async function claimInTime(
  receiver: ReceiverContext,
  handled: HandledEvent,
  claim: Awaitable<Claim | ClaimWithToken>,
): Promise<Claim | ClaimWithToken> {
  try {
    return await inStoreTime(receiver, 'dedupe.claim', claim)
  } catch (error) {
    if (error instanceof StoreTimeoutError) void releaseLateClaim(receiver, handled, claim)
    throw error
  }
}

async function releaseLateClaim(
  receiver: ReceiverContext,
  handled: HandledEvent,
  claim: Awaitable<Claim | ClaimWithToken>,
): Promise<void> {
  try {
    const granted = await claim
    if (stateOfClaim(granted) !== 'claimed') return
    await receiver.dedupe.release(handled.id, ...tokenOf(typeof granted === 'object' ? granted : {}))
  } catch (error) {
    reportStore(receiver, handled, error)
  }
}

/** A store whose claims have no tokens gets none. */
function tokenOf({ token }: Pick<HandledEvent, 'token'>): [] | [number] {
  return token === undefined ? [] : [token]
}

/** @throws TypeError when a store answers with something else than a claim. Nothing may run on that. */
export function assertClaim(claim: unknown): asserts claim is Claim {
  if (claim === 'claimed' || claim === 'in_progress' || claim === 'done') return
  const got = typeof claim === 'string' ? 'another string' : typeof claim
  throw new TypeError(`dedupe.claim must answer 'claimed', 'in_progress' or 'done', got ${got}`)
}

/** @throws TypeError when a store answers with something else than a token. A claim without one has `undefined`. */
export function assertToken(token: unknown): asserts token is number | undefined {
  if (token === undefined || (typeof token === 'number' && Number.isFinite(token))) return
  throw new TypeError(`The token of dedupe.claim must be an integer of 1 or more, got ${kindOf(token)}`)
}

/**
 * Renews the claim of an event while its handlers run. When it is lost, their signal fires. Returns a function that stops
 * renewing, or `undefined` when the claim cannot be renewed.
 */
export function renewClaim(
  receiver: ReceiverContext,
  handled: HandledEvent & { readonly limit: TimeLimit },
): (() => void) | undefined {
  const { dedupe } = receiver
  const { id, token, limit } = handled
  const { claimTtlMs } = dedupe
  if (token === undefined || dedupe.renew === undefined || claimTtlMs === undefined) return undefined
  const stopped = new AbortController()
  const keepRenewing = async () => {
    let renewedAt = performance.now()
    while (!stopped.signal.aborted) {
      // Three renewals in the life of a claim: one late timer does not end it.
      await sleep(Math.min(Math.ceil(claimTtlMs / 3), longestTimer), stopped.signal)
      if (stopped.signal.aborted) return
      const startedAt = performance.now()
      const isRenewed = await renewOnce(receiver, handled, async () => dedupe.renew?.(id, token))
      if (isRenewed) renewedAt = startedAt
      // A store that does not answer: the claim lasts until its time is over.
      else if (isRenewed === false || performance.now() - renewedAt >= claimTtlMs) return limit.end(leaseLostError())
    }
  }
  void keepRenewing()
  return () => stopped.abort()
}

/** Resolves to `undefined` when the store failed. */
async function renewOnce(
  receiver: ReceiverContext,
  handled: HandledEvent,
  renew: () => Promise<unknown>,
): Promise<boolean | undefined> {
  try {
    const isRenewed = await inStoreTime(receiver, 'dedupe.renew', renew())
    if (typeof isRenewed === 'boolean') return isRenewed
    throw new TypeError(`dedupe.renew must answer true or false, got ${kindOf(isRenewed)}`)
  } catch (error) {
    reportStore(receiver, handled, error)
    return undefined
  }
}

/** Commits a handled event, again and again if need be. Results in `false` when its claim was lost. Never rejects or throws. */
export function commitHandled(receiver: ReceiverContext, handled: HandledEvent): Awaitable<boolean> {
  try {
    const committed = receiver.dedupe.commit(handled.id, ...tokenOf(handled))
    return isPromise(committed) ? commitLater(receiver, handled, committed) : committed !== false
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
  committed: PromiseLike<unknown>,
): Promise<boolean> {
  try {
    return (await inStoreTime(receiver, 'dedupe.commit', committed)) !== false
  } catch (error) {
    reportStore(receiver, handled, error)
    rememberUncommitted(receiver, handled.id)
    receiver.runInBackground(retryCommit(receiver, handled))
    return true
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
      const isCommitted = await inStoreTime(receiver, 'dedupe.commit', dedupe.commit(id, ...tokenOf(handled)))
      uncommitted.delete(id)
      if (isCommitted === false) reportStore(receiver, handled, leaseLostError())
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
export async function releaseInTime(receiver: ReceiverContext, handled: HandledEvent): Promise<void> {
  await inStoreTime(receiver, 'dedupe.release', receiver.dedupe.release(handled.id, ...tokenOf(handled)))
}
