import type { Awaitable } from '../internal/awaitable.ts'
import type { Inbox } from '../stores/inbox/inbox.ts'

/** What an inbox that is to be tried out shall be like. */
export interface InboxSettings {
  /** Where its items lie: inboxes that are given the same name share them, others do not. */
  readonly name: string
  /** How often an item is tried before it is a dead letter. */
  readonly maxAttempts: number
  /** How long it waits between two attempts, in milliseconds. */
  readonly backoff: { readonly baseMs: number; readonly maxMs: number }
  /** After how many milliseconds the signal of an attempt fires. */
  readonly timeoutMs: number
}

/** How to try out an inbox. */
export interface InboxContractOptions {
  /** Makes an inbox, as a process would do when it starts. */
  readonly createInbox: (settings: InboxSettings) => Awaitable<Inbox>
  /**
   * Lets so many milliseconds pass for the inboxes, and lets what is due then happen: moves their clock on, or, where
   * they go by the real one, waits.
   */
  readonly advance: (ms: number) => Awaitable<unknown>
  /** Whether inboxes of the same name share their items, as those of several processes do; `true` unless set. */
  readonly shared?: boolean
}
