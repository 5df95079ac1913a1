import type { Inbox, InboxItem, NewInboxItem } from './inbox.ts'

/** An item that was taken from a shelf, and what the shelf knows it by. */
export interface TakenItem {
  readonly key: number
  readonly item: InboxItem
}

/**
 * Where an inbox keeps its items. Each call is one step, done wholly or not at all; a step that fails throws.
 *
 * An item that was taken is known by its key until it is finished or has failed. It belongs to the run that took it,
 * which says which ones are under way there: they are neither due nor to be taken.
 */
export interface InboxStorage extends Pick<Inbox, 'deadLetters' | 'retry' | 'discard' | 'close'> {
  add(items: readonly NewInboxItem[]): void
  /** When the next item may be taken, in milliseconds since 1970; `undefined` when none is waiting. */
  nextDueAt(underWay: ReadonlySet<number>): number | undefined
  /** Takes what is due, the one that is due longest first. */
  take(limit: number, underWay: ReadonlySet<number>): readonly TakenItem[]
  /** Remembers an item as handled. */
  finish(taken: TakenItem): void
  /** Puts an item back for its next attempt, or among the dead letters when this was its last. */
  fail(taken: TakenItem, error: string): void
  /** Says that these are still under way; a shelf that outlives its process would otherwise hand them out again. */
  renew?(underWay: ReadonlySet<number>): void
}
