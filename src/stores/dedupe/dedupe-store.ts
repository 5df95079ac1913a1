import type { Awaitable } from '../../internal/awaitable.ts'

/**
 * What a claim finds: nobody has the event (`claimed`: it is yours now), somebody is at it (`in_progress`), or it was
 * handled (`done`).
 */
export type Claim = 'claimed' | 'in_progress' | 'done'

/**
 * Remembers which events were handled, so that none is handled twice.
 *
 * A receiver claims the id of an event before its handlers run, commits it when all of them have finished, and releases
 * it when one failed, so that the next delivery of the same event is handled again.
 *
 * Where several processes share the events, a claim belongs to the store that it was made through, and ends after some
 * time by itself: so the events of a process that died are handled by another. `dedupeStoreContract` of
 * `x-account-activity/testing` tries a store of your own out.
 */
export interface DedupeStore {
  /** Takes the event, unless it is taken or done. Of two calls at the same time one gets it. */
  claim(id: string): Awaitable<Claim>
  /** Remembers the event as handled, whoever has claimed it by now. */
  commit(id: string): Awaitable<void>
  /** Gives the event back: it was not handled. Does nothing when the claim is not this store's any more. */
  release(id: string): Awaitable<void>
}
