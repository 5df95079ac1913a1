import { assertInteger, assertObject } from '../../internal/assert.ts'
import { type Clock, hourMs } from '../../internal/clock.ts'
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

/** Stands for the time at which an event under way was handled: it is never too old. */
const underWay = Number.POSITIVE_INFINITY

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
  const { maxEntries = 100_000, ttlMs = 25 * hourMs, now = Date.now } = options
  assertInteger(maxEntries, 'maxEntries', { min: 1 })
  assertInteger(ttlMs, 'ttlMs', { min: 1 })
  /** When each event was handled, the oldest in front: what is to be forgotten. */
  const events = new Map<string, number>()
  let newest: string | undefined

  const put = (id: string, at: number) => {
    // Where it stands at the end already, it needs no new place.
    if (id !== newest) events.delete(id)
    events.set(id, at)
    newest = id
  }

  const forgetOld = () => {
    const oldest = now() - ttlMs
    for (const [id, at] of events) {
      if (at > oldest && events.size <= maxEntries) return
      // It is not to be forgotten: the next one is, the next time.
      if (at === underWay) return put(id, at)
      events.delete(id)
    }
  }

  return {
    claim(id): Claim {
      const at = events.get(id)
      if (at === underWay) return 'in_progress'
      if (at !== undefined && at > now() - ttlMs) return 'done'
      put(id, underWay)
      return 'claimed'
    },
    commit(id): void {
      put(id, now())
      forgetOld()
    },
    release(id): void {
      if (events.get(id) === underWay) events.delete(id)
    },
  }
}
