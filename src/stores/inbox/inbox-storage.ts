import type { Inbox, InboxItem, NewInboxItem } from './inbox.ts'

/** An item that was taken from a storage. The storage identifies it by `key`. */
export interface TakenItem {
  readonly key: number
  readonly item: InboxItem
}

/**
 * Holds the items of an inbox. Each method is atomic: it does everything or throws and does nothing.
 *
 * A taken item keeps its key until it has finished or failed. It belongs to the run that took it. That run passes the keys
 * of all its items in progress, and they are neither due nor taken again.
 */
export interface InboxStorage extends Pick<Inbox, 'deadLetters' | 'retry' | 'discard' | 'close'> {
  /** Adds items. Those with a known id are left out. */
  add(items: readonly NewInboxItem[]): void
  /** When the next item may be taken, in milliseconds since 1970; `undefined` when no item waits. */
  nextDueAt(keysInProgress: ReadonlySet<number>): number | undefined
  /** Takes items that are due, at most `limit`, those with the earliest due time first. */
  take(limit: number, keysInProgress: ReadonlySet<number>): readonly TakenItem[]
  /** Records that an item is handled. */
  finish(taken: TakenItem): void
  /** Schedules the next attempt, or makes the item a dead letter if this was its last attempt. */
  fail(taken: TakenItem, error: string): void
  /**
   * Records that items are still in progress. Without it, a storage that is shared between processes hands them out again
   * after some time. Absent when the storage is not shared.
   */
  renew?(keysInProgress: ReadonlySet<number>): void
}
