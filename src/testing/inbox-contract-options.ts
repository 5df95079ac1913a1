import type { Awaitable } from '../internal/awaitable.ts'
import type { Inbox } from '../stores/inbox/inbox.ts'

/** The settings that a case requires of an inbox. */
export interface InboxSettings {
  /** Inboxes with the same name share their items; inboxes with different names do not. */
  readonly name: string
  /** How many times an item is tried before it becomes a dead letter. */
  readonly maxAttempts: number
  /** How long a failed item waits for its next attempt: `baseMs` at first, doubled after each failure, up to `maxMs`. */
  readonly backoff: {
    /** The first wait, in milliseconds. */
    readonly baseMs: number
    /** The longest wait, in milliseconds. */
    readonly maxMs: number
  }
  /** After how many milliseconds the signal of an attempt aborts. */
  readonly timeoutMs: number
  /** How long after a crash the items in progress of that process are handed out again, in milliseconds. */
  readonly claimTtlMs: number
  /** How long a handled item is remembered, and an item without a handler is kept, in milliseconds. */
  readonly retentionMs: number
}

/** Options of `inboxContract`. */
export interface InboxContractOptions {
  /** Creates an inbox, as a process does when it starts. The case closes it. */
  readonly createInbox: (settings: InboxSettings) => Awaitable<Inbox>
  /**
   * Lets a number of milliseconds pass for the inboxes, and what is due then happen: advances their clock, or waits in real
   * time.
   */
  readonly advance: (ms: number) => Awaitable<unknown>
  /**
   * Sets the clock of the inboxes back by a number of milliseconds, as an administrator or a time server does. No time passes.
   *
   * @defaultValue none: the cases in which the clock is set back are left out
   */
  readonly setClockBack?: ((ms: number) => Awaitable<unknown>) | undefined
  /**
   * Ends an inbox as a crash of its process does: its runs are not stopped, and nothing is recorded any more.
   *
   * @defaultValue closes the inbox, without stopping its runs
   */
  readonly crash?: ((inbox: Inbox) => Awaitable<void>) | undefined
  /**
   * Whether inboxes with the same name share their items, as the inboxes of several processes do. With `false`, the cases
   * that need it are left out.
   *
   * @defaultValue true
   */
  readonly shared?: boolean | undefined
}
