import { assertObject } from '../../internal/assert.ts'
import type { DeadLetter, Inbox, NewInboxItem } from './inbox.ts'
import { readTimedInboxOptions, type TimedInboxOptions, type TimedInboxSettings } from './inbox-options.ts'
import type { InboxStorage } from './inbox-storage.ts'
import { createStorageInbox } from './storage-inbox.ts'

/**
 * An inbox in the memory of this process: for tests, and for trying things out. Its items end with the process, so that
 * X's delivery is answered for something that a crash loses: in production use one that lasts.
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
  // Nobody else adds anything: there is only what is due to wake up for.
  const waits = { pollMs: Number.MAX_SAFE_INTEGER, renewMs: Number.MAX_SAFE_INTEGER }
  return createStorageInbox(createMemoryInboxStorage(settings), { ...settings, ...waits })
}

interface Entry {
  readonly item: NewInboxItem
  attempts: number
  dueAt: number
}

function createMemoryInboxStorage({ now, backoff, maxAttempts, retentionMs }: TimedInboxSettings): InboxStorage {
  let lastKey = 0
  const waiting = new Map<number, Entry>()
  const underWay = new Map<number, Entry>()
  /** Of each lane that has items: all of them, the first one waiting or under way. */
  const lanes = new Map<string, Set<Entry>>()
  const pending = new Set<string>()
  /** In the order of their age: what is to be forgotten stands in front. */
  const handled = new Map<string, number>()
  const dead = new Map<string, DeadLetter>()

  const put = (item: NewInboxItem) => {
    const entry = { item, attempts: 0, dueAt: now() }
    pending.add(item.id)
    if (item.orderingKey === undefined) return makeReady(entry)
    const lane = lanes.get(item.orderingKey) ?? new Set()
    lanes.set(item.orderingKey, lane.add(entry))
    if (lane.size === 1) makeReady(entry)
  }

  const makeReady = (entry: Entry, key = ++lastKey) => {
    waiting.set(key, entry)
  }

  /** The next of its lane takes its place. */
  const leave = (entry: Entry) => {
    const { id, orderingKey: name } = entry.item
    pending.delete(id)
    const lane = name === undefined ? undefined : lanes.get(name)
    if (name === undefined || lane === undefined) return
    lane.delete(entry)
    const [next] = lane
    if (next === undefined) lanes.delete(name)
    else makeReady(next)
  }

  const pickUp = (key: number): Entry | undefined => {
    const entry = underWay.get(key)
    underWay.delete(key)
    return entry
  }

  const forgetOld = () => {
    const oldest = now() - retentionMs
    for (const [id, at] of handled) {
      if (at > oldest) return
      handled.delete(id)
    }
  }

  return {
    add(items) {
      forgetOld()
      for (const item of items) {
        const isKnown = pending.has(item.id) || handled.has(item.id) || dead.has(item.id)
        if (!isKnown) put({ ...item })
      }
    },
    nextDueAt() {
      let next: number | undefined
      for (const { dueAt } of waiting.values()) {
        if (next === undefined || dueAt < next) next = dueAt
        if (next <= now()) return next
      }
      return next
    },
    take(limit) {
      const taken = []
      for (const [key, entry] of waiting) {
        if (taken.length >= limit) break
        if (entry.dueAt > now()) continue
        waiting.delete(key)
        underWay.set(key, entry)
        entry.attempts += 1
        taken.push({ key, item: { ...entry.item, attempt: entry.attempts } })
      }
      return taken
    },
    finish({ key }) {
      const entry = pickUp(key)
      if (entry === undefined) return
      handled.set(entry.item.id, now())
      leave(entry)
    },
    fail({ key }, error) {
      const entry = pickUp(key)
      if (entry === undefined) return
      entry.dueAt = now() + backoff(entry.attempts)
      if (entry.attempts < maxAttempts) return makeReady(entry, key)
      dead.set(entry.item.id, { ...entry.item, attempts: entry.attempts, failedAt: now(), error })
      leave(entry)
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
