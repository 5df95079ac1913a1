import type { Awaitable } from '../../internal/awaitable.ts'

/**
 * The answer to a claim: the caller now owns the event and must handle it (`claimed`), another caller is handling it
 * (`in_progress`), or it has been handled (`done`).
 */
export type Claim = 'claimed' | 'in_progress' | 'done'

/** A claim that can be lost, because it expires unless it is renewed. */
export interface ClaimWithToken {
  /** The answer to the claim. */
  readonly state: Claim
  /**
   * The fencing token of a claim that was granted: an integer of 1 or more, higher than that of each earlier claim of the
   * event.
   */
  readonly token?: number | undefined
}

/** The answer to a claim, whichever form it has. */
export function stateOfClaim(claim: Claim | ClaimWithToken): Claim {
  return typeof claim === 'object' && claim !== null ? claim.state : claim
}

/**
 * Remembers which events were handled, so that no event is handled twice.
 *
 * A receiver claims the id of an event before its handlers run. It commits the id when all handlers have succeeded, and
 * releases it when one has failed, so that the next delivery of the event is handled.
 *
 * When several processes share the events, a claim belongs to the store object that made it, and expires after some time:
 * another process then handles the events of a process that died. To test a store of your own, run `dedupeStoreContract`
 * of `x-account-activity/testing`.
 */
export interface DedupeStore {
  /**
   * How long a claim lasts when it is neither renewed, committed nor released, in milliseconds. A receiver refuses a store
   * without `renew` whose claims can expire before the `handlerTimeoutMs` of the receiver.
   *
   * @defaultValue absent when claims do not expire, or when their time is not known
   */
  readonly claimTtlMs?: number | undefined
  /**
   * Claims the event, unless it is claimed or done. When several callers claim it at the same time, one of them gets it. A
   * claim with a `token` can be renewed, and cannot be committed once another caller has the event.
   */
  claim(id: string): Awaitable<Claim | ClaimWithToken>
  /**
   * Remembers the event as handled. Without a `token`, even if another caller has claimed it in the meantime. With the
   * `token` of a claim, only if the claim was not lost: otherwise it does nothing, and resolves to `false`.
   */
  commit(id: string, token?: number): Awaitable<unknown>
  /** Ends the claim: the event was not handled. Does nothing if the claim does not belong to this store object, or is lost. */
  release(id: string, token?: number): Awaitable<void>
  /**
   * Lets a claim last for `claimTtlMs` from now. Resolves to `false` when the claim was lost: it has expired, and another
   * caller may have claimed the event. A receiver calls it every third of `claimTtlMs` while handlers run.
   *
   * @defaultValue absent when claims cannot be renewed
   */
  renew?: ((id: string, token: number) => Awaitable<boolean>) | undefined
}
