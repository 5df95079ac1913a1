import type { Awaitable } from '../../internal/awaitable.ts'

/**
 * Keeps the state of a recovery when the process ends: the last heartbeat, and what is still to be replayed.
 *
 * It holds one value for each key. A value is any JSON value, at most a few kilobytes. Once {@link RecoveryStore.set} has
 * resolved, the value survives a crash. A crash during `set` must leave the old or the new value, never a mixture. One
 * recovery writes to a key, one write at a time.
 */
export interface RecoveryStore {
  /** The value that was set last; `undefined` if the key was never set. Changes to the returned object change nothing here. */
  get(key: string): Awaitable<unknown>
  /** Replaces the value of a key. The new value is stored safely when this resolves. */
  set(key: string, value: unknown): Awaitable<void>
}
