import type { Awaitable } from '../../internal/awaitable.ts'

/** An event to be handled later. */
export interface NewInboxItem {
  /** The id of the event, by which duplicates are told. */
  readonly id: string
  /** The raw body of the delivery that it came in. */
  readonly body: string
  /** When the delivery was received: milliseconds since 1970. */
  readonly receivedAt: number
  /** Items of one lane are handled one after the other, in the order they were added; without one, in any order. */
  readonly orderingKey?: string
}

/** An event that is being handled. */
export interface InboxItem extends NewInboxItem {
  /** Which attempt this is, counting from 1. */
  readonly attempt: number
}

/** An event that was given up. */
export interface DeadLetter extends NewInboxItem {
  /** How often it was tried. */
  readonly attempts: number
  /** When it was given up: milliseconds since 1970. */
  readonly failedAt: number
  /** The message of the last error. */
  readonly error: string
}

/** How an inbox hands out its items. */
export interface InboxRunOptions {
  /** How many items are handled at a time. */
  readonly concurrency: number
  /** Is told of what goes wrong beside a handler's own errors: a lost connection, a full disk. */
  readonly onError: (error: unknown) => void
}

/** An inbox at work. */
export interface InboxRun {
  /** Hands out no more items; resolves when those under way are finished. */
  readonly stop: () => Promise<void>
}

/**
 * A durable queue between the answer to X and the handlers.
 *
 * What {@link Inbox.add} has resolved for survives the process. An item is handled at least once; it is done when
 * `handle` resolves, tried again after a growing delay when it rejects, and a dead letter when that was in vain too often.
 * `inboxContract` of `x-account-activity/testing` tries an inbox of your own out.
 */
export interface Inbox {
  /** Keeps items; they are safe when it resolves. One that is known already, handled ones included, is not added again. */
  add(items: readonly NewInboxItem[]): Awaitable<void>
  /**
   * Begins to hand items to `handle`. The signal fires when its time is up; an attempt that goes on all the same keeps its
   * item until it settles, as long as the process lives, so that no two attempts run at a time.
   */
  run(handle: (item: InboxItem, signal: AbortSignal) => Promise<void>, options: InboxRunOptions): InboxRun
  /** What was given up, oldest first. */
  deadLetters(): Awaitable<readonly DeadLetter[]>
  /** Hands out a dead letter again, its attempts counted anew; `false` when there is none of this id. */
  retry(id: string): Awaitable<boolean>
  /** Forgets a dead letter, so that it is added like any other when it comes again; `false` when there is none of this id. */
  discard(id: string): Awaitable<boolean>
  /** Releases files and connections. Stop its runs first. */
  close(): Awaitable<void>
}
