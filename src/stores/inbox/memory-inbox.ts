import { assertObject } from '../../internal/assert.ts'
import type { DeadLetter, Inbox, NewInboxItem } from './inbox.ts'
import { readTimedInboxOptions, type TimedInboxOptions, type TimedInboxSettings } from './inbox-options.ts'
import type { InboxStorage } from './inbox-storage.ts'
import { createStorageInbox } from './storage-inbox.ts'

/**
 * Creates an inbox in the memory of this process: for tests and for trials. Its items are lost when the process ends, also
 * those whose delivery was answered with 200. In production, use an inbox that survives the process.
 *
 * @throws TypeError when an option is of the wrong type.
 * @throws RangeError when a number is out of range.
 *
 * @example
 * import { createMemoryInbox } from 'x-account-activity/receiver'
 *
 * const inbox = createMemoryInbox()
 * const run = inbox.run(async (item) => console.log(item.id), { concurrency: 4, onError: console.error })
 * await inbox.add([{ id: 'follow:1', body: '{}', receivedAt: Date.now() }])
 * await run.stop()
 */
export function createMemoryInbox(options: TimedInboxOptions = {}): Inbox {
  assertObject(options, 'options')
  const settings = readTimedInboxOptions(options)
  // No other process adds items, so a run never polls.
  const intervals = { pollMs: Number.MAX_SAFE_INTEGER, renewMs: Number.MAX_SAFE_INTEGER }
  return createStorageInbox(createMemoryInboxStorage(settings), { ...settings, ...intervals })
}

interface Entry {
  readonly item: NewInboxItem
  attempts: number
  dueAt: number
}

function createMemoryInboxStorage({ now, backoff, maxAttempts, retentionMs }: TimedInboxSettings): InboxStorage {
  let lastKey = 0
  const ready = new Map<number, Entry>()
  const inProgress = new Map<number, Entry>()
  /** The entries of each ordering key, in order. The first one is ready or in progress, and the others wait for it. */
  const ordered = new Map<string, Set<Entry>>()
  /** Ids of the items that are neither handled nor dead letters. */
  const pending = new Set<string>()
  /** When each item was handled, oldest first. */
  const handled = new Map<string, number>()
  const dead = new Map<string, DeadLetter>()

  const put = (item: NewInboxItem) => {
    const entry = { item, attempts: 0, dueAt: now() }
    pending.add(item.id)
    if (item.orderingKey === undefined) return makeReady(entry)
    const entries = ordered.get(item.orderingKey) ?? new Set()
    ordered.set(item.orderingKey, entries.add(entry))
    if (entries.size === 1) makeReady(entry)
  }

  const makeReady = (entry: Entry, key = ++lastKey) => {
    ready.set(key, entry)
  }

  /** Removes an entry for good, and makes the next one with its ordering key ready. */
  const remove = (entry: Entry) => {
    const { id, orderingKey } = entry.item
    pending.delete(id)
    const entries = orderingKey === undefined ? undefined : ordered.get(orderingKey)
    if (orderingKey === undefined || entries === undefined) return
    entries.delete(entry)
    const [next] = entries
    if (next === undefined) ordered.delete(orderingKey)
    else makeReady(next)
  }

  const endProgress = (key: number): Entry | undefined => {
    const entry = inProgress.get(key)
    inProgress.delete(key)
    return entry
  }

  const forgetOldest = () => {
    const expiry = now() - retentionMs
    for (const [id, at] of handled) {
      if (at > expiry) return
      handled.delete(id)
    }
  }

  return {
    add(items) {
      forgetOldest()
      for (const item of items) {
        const isKnown = pending.has(item.id) || handled.has(item.id) || dead.has(item.id)
        if (!isKnown) put({ ...item })
      }
    },
    nextDueAt() {
      let next: number | undefined
      for (const { dueAt } of ready.values()) {
        if (next === undefined || dueAt < next) next = dueAt
        if (next <= now()) return next
      }
      return next
    },
    take(limit) {
      const taken = []
      for (const [key, entry] of ready) {
        if (taken.length >= limit) break
        if (entry.dueAt > now()) continue
        ready.delete(key)
        inProgress.set(key, entry)
        entry.attempts += 1
        taken.push({ key, item: { ...entry.item, attempt: entry.attempts } })
      }
      return taken
    },
    finish({ key }) {
      const entry = endProgress(key)
      if (entry === undefined) return
      handled.set(entry.item.id, now())
      remove(entry)
    },
    fail({ key }, error) {
      const entry = endProgress(key)
      if (entry === undefined) return
      entry.dueAt = now() + backoff(entry.attempts)
      if (entry.attempts < maxAttempts) return makeReady(entry, key)
      dead.set(entry.item.id, { ...entry.item, attempts: entry.attempts, failedAt: now(), error })
      remove(entry)
    },
    deadLetters: () => [...dead.values()],
    retry(id) {
      const letter = dead.get(id)
      if (letter === undefined) return false
      const { attempts, failedAt, error, ...item } = letter
      dead.delete(id)
      put(item)
      return true
    },
    discard: (id) => dead.delete(id),
    close() {},
  }
}
