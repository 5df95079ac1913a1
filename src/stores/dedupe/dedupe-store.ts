import type { Awaitable } from '../../internal/awaitable.ts'

/**
 * The answer to a claim: the caller now owns the event and must handle it (`claimed`), another caller is handling it
 * (`in_progress`), or it has been handled (`done`).
 */
export type Claim = 'claimed' | 'in_progress' | 'done'

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
   * How long a claim lasts when it is neither committed nor released, in milliseconds. A receiver refuses a store whose claims
   * can expire before the `handlerTimeoutMs` of the receiver.
   *
   * @defaultValue absent when claims do not expire, or when their time is not known
   */
  readonly claimTtlMs?: number | undefined
  /** Claims the event, unless it is claimed or done. When several callers claim it at the same time, one of them gets it. */
  claim(id: string): Awaitable<Claim>
  /** Remembers the event as handled, even if another caller has claimed it in the meantime. */
  commit(id: string): Awaitable<void>
  /** Ends the claim: the event was not handled. Does nothing if the claim does not belong to this store object. */
  release(id: string): Awaitable<void>
}
