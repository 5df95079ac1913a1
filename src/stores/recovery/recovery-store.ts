import type { Awaitable } from '../../internal/awaitable.ts'

/**
 * Keeps what a recovery must not forget when its process ends: when it was last alive, and what is still to be replayed.
 *
 * One value for each key; a value is anything that JSON can hold, a few kilobytes at most. What {@link RecoveryStore.set}
 * has resolved for is there after a crash, and is there as a whole: a value that is half the old and half the new one
 * must not be found. One recovery writes to a key, and waits for each write before the next.
 */
export interface RecoveryStore {
  /** The value as it was set last, `undefined` when there is none. What the caller does to it changes nothing here. */
  get(key: string): Awaitable<unknown>
  /** Puts a value in the place of the old one; it is safe when this resolves. */
  set(key: string, value: unknown): Awaitable<void>
}
