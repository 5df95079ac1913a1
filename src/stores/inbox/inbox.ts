import type { Awaitable } from '../../internal/awaitable.ts'
import type { Lease } from '../lease.ts'

/** An event to add to an inbox. */
export interface NewInboxItem {
  /** The id of the event. The inbox adds an item with a known id only once. */
  readonly id: string
  /** The raw body of the delivery that the event came in. */
  readonly body: string
  /** When the delivery was received, in milliseconds since 1970. */
  readonly receivedAt: number
  /**
   * The place of the event among the events of its delivery, starting at 0. It finds the event when a later version of the
   * package gives it another id.
   *
   * @defaultValue none: the event is found by its id
   */
  readonly eventIndex?: number
  /**
   * A second id, which several items may have: the key of the activity of the event. An inbox with `claimsKeys` keeps it
   * with the first item that has it, and hands the others out without it. Other inboxes ignore it.
   *
   * @defaultValue none
   */
  readonly activityKey?: string
  /**
   * Items with the same ordering key are handled one at a time, in the order in which they were added.
   *
   * @defaultValue none: the item is handled in any order
   */
  readonly orderingKey?: string
}

/** An event that an inbox hands to its handler. */
export interface InboxItem extends NewInboxItem {
  /** The number of this attempt, starting at 1. An attempt that a crash ended counts. */
  readonly attempt: number
  /**
   * The lease of this attempt. Its token is higher than that of each earlier attempt for the item, and for the items with its
   * ordering key.
   *
   * @defaultValue absent when the inbox has no fencing tokens
   */
  readonly lease?: Lease | undefined
}

/** An event that was given up, because its last attempt failed. */
export interface DeadLetter extends NewInboxItem {
  /** How many times it was tried. */
  readonly attempts: number
  /** When it was given up, in milliseconds since 1970. */
  readonly failedAt: number
  /** The message of the last error, at most 1,000 characters. */
  readonly error: string
}

/** What {@link Inbox.add} can resolve to. */
export interface InboxAddResult {
  /**
   * The ids of the items that were not added because the inbox knows them. An id that was given twice in one call, and is
   * new, is here once.
   */
  readonly duplicates: readonly string[]
}

/** How much is in an inbox, for a health endpoint. An item that is handled is not counted. */
export interface InboxStats {
  /** How many items may be handed out now, wait for the item before them with their ordering key, or have no handler. */
  readonly waiting: number
  /** How many items are being handled, in any process. */
  readonly inProgress: number
  /** How many items wait for a time at which they are handed out again: for their next attempt. */
  readonly delayed: number
  /** How many items were given up. */
  readonly deadLetters: number
  /**
   * Milliseconds since the delivery of the oldest item that waits, is in progress or is delayed. Absent when there is no such
   * item.
   */
  readonly oldestAgeMs?: number | undefined
}

/** Options of {@link Inbox.run}. */
export interface InboxRunOptions {
  /** How many items may be handled at a time: an integer of 1 or more. */
  readonly concurrency: number
  /**
   * Called with errors of the inbox itself: a lost connection, a full disk. Also called with an error that names the items
   * that were removed because no process had a handler for them. Errors of the handler do not go here.
   */
  readonly onError: (error: unknown) => void
  /**
   * Called after the last attempt for an item has failed, by the run that recorded it. When the process ends between the two,
   * the call is lost, and the dead letter is not.
   *
   * @defaultValue none
   */
  readonly onDeadLetter?: ((letter: DeadLetter) => void) | undefined
}

/** A running inbox. */
export interface InboxRun {
  /** Stops handing out items. Resolves when the items in progress are handled. */
  readonly stop: () => Promise<void>
  /**
   * Hands out the items again that `handle` has given back with `no_handler`. Call it when a handler was added.
   *
   * Giving an item back counts no attempt, and the next item with its ordering key does not wait for it. The item is handed
   * to other processes, and to this one after `offerAgain` or a restart. After the `retentionMs` of the inbox it is removed,
   * and reported to `onError`.
   *
   * @defaultValue absent when the inbox cannot keep items that are given back. Then `no_handler` counts as success.
   */
  readonly offerAgain?: (() => void) | undefined
  /**
   * Whether `handle` may resolve to `in_progress`: another process is handling the event, so the item is handed out again
   * after about a second. This counts no attempt, and the next item with its ordering key waits for it.
   *
   * @defaultValue false: `in_progress` counts as success
   */
  readonly canPostpone?: boolean | undefined
}

/**
 * A durable queue between the answer to X and the handlers of a receiver.
 *
 * An item survives the process once {@link Inbox.add} has resolved. It is handled at least once: it is done when `handle`
 * resolves, it is tried again after a growing delay when `handle` rejects, and it becomes a dead letter when the last
 * attempt fails. An item without a handler is given back, and kept until a handler is added. To test an inbox of your own,
 * run `inboxContract` of `x-account-activity/testing`.
 */
export interface Inbox {
  /**
   * Whether the inbox knows the `activityKey` of each item that it was given, for as long as it knows the ids of items, and
   * hands an item out with a key only if no earlier item has it.
   *
   * @defaultValue false
   */
  readonly claimsKeys?: boolean | undefined
  /**
   * Adds items. They are stored safely when it resolves. Items with a known id, including handled ones and dead letters,
   * are not added again. An inbox that resolves to their ids lets the receiver report them as duplicates.
   *
   * @throws TypeError or RangeError when an item is malformed. Then none of the items is added.
   */
  add(items: readonly NewInboxItem[]): Awaitable<void> | Awaitable<InboxAddResult>
  /**
   * Starts to hand items to `handle`. When its promise resolves to the string `no_handler`, this process has no handler for
   * the item: see {@link InboxRun.offerAgain}. When it resolves to `in_progress`, another process is handling the event: see
   * {@link InboxRun.canPostpone}.
   *
   * The signal aborts when the time limit of the attempt is reached. An attempt that continues after that keeps its item
   * until its promise settles, as long as the process lives, so two attempts for one item never run at the same time.
   *
   * The signal also aborts when the lease of the item is lost: the process was paused for too long, or could not reach the
   * store. The name of its reason is then `LeaseLostError`. Another process may be handling the item, so the end of this
   * attempt is not recorded.
   *
   * @throws TypeError or RangeError when an argument is wrong.
   */
  run(handle: (item: InboxItem, signal: AbortSignal) => Promise<unknown>, options: InboxRunOptions): InboxRun
  /**
   * Counts the items, for a health endpoint: about as expensive as reading the ids of all items that are not handled.
   *
   * @defaultValue absent when the inbox cannot count its items
   */
  stats?: (() => Awaitable<InboxStats>) | undefined
  /** The dead letters, oldest first. */
  deadLetters(): Awaitable<readonly DeadLetter[]>
  /** Hands a dead letter out again, with its attempts counted from 1. Resolves to `false` if no dead letter has this id. */
  retry(id: string): Awaitable<boolean>
  /**
   * Deletes a dead letter. An item with its id can be added again. Resolves to `false` if no dead letter has this id.
   */
  discard(id: string): Awaitable<boolean>
  /**
   * Releases files and connections. Stop all runs first: a run that was not stopped ends as in a crash of the process, so its
   * items in progress are handed out again later.
   */
  close(): Awaitable<void>
}
