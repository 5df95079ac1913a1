import type { Awaitable } from '../../internal/awaitable.ts'

/**
 * Keeps the state of a recovery when the process ends: heartbeats, receipts, the ends of replay jobs, and what is still to be
 * replayed.
 *
 * It holds one value for each key. A value is any JSON value, at most a few kilobytes. Once a method has resolved, the value
 * survives a crash. A crash during a write must leave the old or the new value, never a mixture.
 *
 * With {@link RecoveryStore.compareAndSet}, any number of processes may share the store. Without it, one recovery writes to a
 * key, one write at a time.
 *
 * If a store finds that its values are lost, such as a file that is cut off, `get` throws an error whose `isStateLost` is
 * `true`. The recovery then starts again, and asks X to replay everything that X still keeps.
 */
export interface RecoveryStore {
  /** The value that was set last; `undefined` if the key was never set. Changes to the returned object change nothing here. */
  get(key: string): Awaitable<unknown>
  /** Replaces the value of a key. The new value is stored safely when this resolves. */
  set(key: string, value: unknown): Awaitable<void>
  /**
   * Replaces the value of a key if it is still `before`: the value that `get` returned, or `undefined` if the key was never
   * set. Returns whether it did. No other write may happen between the comparison and the replacement.
   *
   * @param before - Compared as JSON, with the order of the members.
   */
  readonly compareAndSet?: ((key: string, before: unknown, after: unknown) => Awaitable<boolean>) | undefined
}

/** What a recovery store throws when its values are lost. */
export class StateLostError extends Error {
  override readonly name = 'StateLostError'
  /** Always `true`. */
  readonly isStateLost = true
}
