import { assertInteger, assertObject } from '../../internal/assert.ts'
import { type Clock, hourMs } from '../../internal/clock.ts'
import type { Claim, DedupeStore } from './dedupe-store.ts'

/** Options of {@link createMemoryDedupeStore}. */
export interface MemoryDedupeStoreOptions {
  /**
   * How many handled events are remembered: 1 or more. When there are more, the oldest is forgotten.
   *
   * @defaultValue 100_000
   */
  readonly maxEntries?: number | undefined
  /**
   * How long a handled event is remembered, in milliseconds: 1 or more. Make it longer than a replay reaches back: 24 hours
   * in v2, five days in the enterprise API.
   *
   * @defaultValue 90_000_000, which is 25 hours
   */
  readonly ttlMs?: number | undefined
  /**
   * Returns the current time in milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: Clock | undefined
}

/** Expired entries take only memory, so they need not be forgotten at every commit. */
const forgetEveryMs = 1_000

/** The time at which an event in progress was handled: it never expires. */
const inProgress = Number.POSITIVE_INFINITY

/**
 * Creates a dedupe store in the memory of this process: fast and bounded. It is empty after a restart, and other processes
 * do not share it.
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
  const { maxEntries = 100_000, ttlMs = 25 * hourMs, now = Date.now } = options
  assertInteger(maxEntries, 'maxEntries', { min: 1 })
  assertInteger(ttlMs, 'ttlMs', { min: 1 })
  /** When each event was handled, oldest first. */
  const events = new Map<string, number>()
  let newest: string | undefined
  let forgottenAt = Number.NEGATIVE_INFINITY

  const add = (id: string, at: number) => {
    events.set(id, at)
    newest = id
  }

  const put = (id: string, at: number) => {
    // The newest entry keeps its position without being deleted.
    if (id !== newest) events.delete(id)
    add(id, at)
  }

  const forgetOldest = (time: number) => {
    const expiry = time - ttlMs
    forgottenAt = time
    for (const [id, at] of events) {
      if (at > expiry && events.size <= maxEntries) return
      // An event in progress is kept and becomes the newest. The next call forgets the entry after it.
      if (at === inProgress) return put(id, at)
      events.delete(id)
    }
  }

  return {
    claim(id): Claim {
      const at = events.get(id)
      if (at === inProgress) return 'in_progress'
      if (at === undefined) add(id, inProgress)
      else if (at > now() - ttlMs) return 'done'
      else put(id, inProgress)
      return 'claimed'
    },
    commit(id): void {
      const time = now()
      put(id, time)
      if (events.size > maxEntries || Math.abs(time - forgottenAt) >= forgetEveryMs) forgetOldest(time)
    },
    release(id): void {
      if (events.get(id) === inProgress) events.delete(id)
    },
  }
}
