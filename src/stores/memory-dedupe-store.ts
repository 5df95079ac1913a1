import { assertInteger, assertObject } from '../internal/assert.ts'
import type { Clock } from '../internal/clock.ts'
import type { Claim, DedupeStore } from './dedupe-store.ts'

/** How much a {@link createMemoryDedupeStore} remembers. */
export interface MemoryDedupeStoreOptions {
  /** How many handled events are remembered at most; the oldest goes first. 100,000 unless set. */
  readonly maxEntries?: number
  /** How long a handled event is remembered, in milliseconds. 25 hours unless set: a v2 replay reaches 24 hours back. */
  readonly ttlMs?: number
  /** Where the time comes from: milliseconds since 1970. `Date.now` unless set. */
  readonly now?: Clock
}

/**
 * A dedupe store in the memory of this process: quick and bounded, empty after a restart, not shared with others.
 *
 * @throws TypeError when an option is of the wrong type.
 * @throws RangeError when a number is not an integer of 1 or more.
 *
 * @example
 * import { createMemoryDedupeStore, createReceiver } from 'x-account-activity/receiver'
 *
 * const receiver = createReceiver({
 *   consumerSecret: 'consumer-secret',
 *   dedupe: createMemoryDedupeStore({ maxEntries: 1_000_000 }),
 * })
 */
export function createMemoryDedupeStore(options: MemoryDedupeStoreOptions = {}): DedupeStore {
  assertObject(options, 'options')
  const { maxEntries = 100_000, ttlMs = 25 * 60 * 60 * 1000, now = Date.now } = options
  assertInteger(maxEntries, 'maxEntries', { min: 1 })
  assertInteger(ttlMs, 'ttlMs', { min: 1 })
  const claimed = new Set<string>()
  // In the order of their commits, and so of their age: what is to be forgotten stands in front.
  const done = new Map<string, number>()

  const forgetOld = () => {
    const oldest = now() - ttlMs
    for (const [id, at] of done) {
      if (at > oldest && done.size <= maxEntries) return
      done.delete(id)
    }
  }

  return {
    claim(id): Claim {
      forgetOld()
      if (done.has(id)) return 'done'
      if (claimed.has(id)) return 'in_progress'
      claimed.add(id)
      return 'claimed'
    },
    commit(id): void {
      claimed.delete(id)
      done.delete(id)
      done.set(id, now())
      forgetOld()
    },
    release(id): void {
      claimed.delete(id)
    },
  }
}
