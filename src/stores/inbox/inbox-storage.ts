import type { Awaitable } from '../../internal/awaitable.ts'
import type { Inbox, InboxItem, InboxStats, NewInboxItem } from './inbox.ts'

/** An item that was taken from a storage. The storage identifies it by `key`. */
export interface TakenItem {
  readonly key: number
  /** The fencing token of the lease. With `key`, it identifies the attempt. */
  readonly token: number
  readonly item: InboxItem
}

/** The error of an item whose last attempt was ended by a crash. */
export const diedDuringLastAttempt = 'The process ended during the last attempt.'

/** The run of an inbox that asks for items. */
export interface StorageRun {
  /** A {@link newRunId}. A new one has every item offered again that was given back. */
  readonly id: string
  /** The keys of the items that it has taken. */
  readonly keysInProgress: ReadonlySet<number>
}

/**
 * Holds the items of an inbox. Each method is atomic: it does everything or throws and does nothing.
 *
 * A taken item keeps its key until it has finished, has failed, is postponed or is given back. It belongs to the run that took
 * it. That run passes the keys of all its items in progress, and they are neither due nor taken again. When another process
 * has taken the item since, its lease is lost: `fail`, `postpone` and `giveBack` do nothing.
 */
export interface InboxStorage extends Pick<Inbox, 'deadLetters' | 'retry' | 'discard' | 'close'> {
  /** Adds items. Those with a known id are left out. Returns their ids. */
  add(items: readonly NewInboxItem[]): Awaitable<readonly string[]>
  /** Counts the items: see `Inbox`. */
  stats(): Awaitable<InboxStats>
  /** When this run may take the next item, in milliseconds since 1970; `undefined` when no item waits. */
  nextDueAt(run: StorageRun): Awaitable<number | undefined>
  /**
   * Takes items that are due, at most `limit`, those with the earliest due time first. Items that were given back come last,
   * and only those that this run has not given back. An item whose last attempt was ended by a crash is taken as well: its
   * `attempt` is more than the highest number of attempts.
   */
  take(limit: number, run: StorageRun): Awaitable<readonly TakenItem[]>
  /** Records that an item is handled. Results in `false` when its lease was lost: then it does nothing. */
  finish(taken: TakenItem): Awaitable<boolean>
  /**
   * Schedules the next attempt, or makes the item a dead letter if this was its last attempt. Returns whether it made it a
   * dead letter.
   */
  fail(taken: TakenItem, error: string): Awaitable<boolean>
  /** Hands an item out again after a number of milliseconds. The attempt does not count. */
  postpone(taken: TakenItem, delayMs: number): Awaitable<void>
  /** Keeps an item that this run has no handler for. The attempt does not count. */
  giveBack(taken: TakenItem, run: StorageRun): Awaitable<void>
  /** When the next item that was given back is removed, in milliseconds since 1970; `undefined` when there is none. */
  nextRemovalAt(): Awaitable<number | undefined>
  /** Removes items that were given back for too long, at most a thousand. Returns their ids. */
  removeUnhandled(): Awaitable<readonly string[]>
  /**
   * Records that items are still in progress. Without it, a storage that is shared between processes hands them out again
   * after some time. Returns the keys of those whose lease was lost. Absent when the storage is not shared.
   */
  renew?(taken: readonly TakenItem[]): Awaitable<readonly number[]>
}
