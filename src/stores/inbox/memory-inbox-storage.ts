import { givenBackByLength } from './given-back.ts'
import type { DeadLetter, NewInboxItem } from './inbox.ts'
import type { TimedInboxSettings } from './inbox-options.ts'
import type { InboxStorage, TakenItem } from './inbox-storage.ts'

interface Entry {
  readonly key: number
  readonly item: NewInboxItem
  attempts: number
  dueAt: number
  /** The ids of the runs that have given it back, joined. */
  givenBackBy: string
}

/** The settings that a memory storage uses. */
export type MemoryInboxStorageSettings = Pick<TimedInboxSettings, 'now' | 'backoff' | 'maxAttempts' | 'retentionMs'>

const byKey = (a: Entry, b: Entry) => a.key - b.key

/** An inbox storage in the memory of this process. */
export function createMemoryInboxStorage(settings: MemoryInboxStorageSettings): InboxStorage {
  const { now, backoff, maxAttempts, retentionMs } = settings
  let lastKey = 0
  let lastToken = 0
  let lastNow = now()
  const ready = new Map<number, Entry>()
  const inProgress = new Map<number, Entry>()
  /** The entries of each ordering key, in order. The first one is ready or in progress, and the others wait for it. */
  const ordered = new Map<string, Set<Entry>>()
  /** The entries that are given back, by `givenBackBy` and by key. */
  const unhandled = new Map<string, Map<number, Entry>>()
  /** When each entry was given back for the first time, oldest first. Those that were offered again are included. */
  const givenBackAt = new Map<Entry, number>()
  /** Ids of the items that are neither handled nor dead letters. */
  const pending = new Set<string>()
  /** When each item was handled, oldest first. */
  const handled = new Map<string, number>()
  const dead = new Map<string, DeadLetter>()
  const activityKeys = createActivityKeys()

  const put = (item: NewInboxItem) => {
    lastKey += 1
    const entry = { key: lastKey, item, attempts: 0, dueAt: now(), givenBackBy: '' }
    pending.add(item.id)
    const waiting = item.orderingKey === undefined ? undefined : ordered.get(item.orderingKey)
    if (waiting === undefined) startOrder(entry)
    else waiting.add(entry)
  }

  const startOrder = (entry: Entry) => {
    if (entry.item.orderingKey !== undefined) ordered.set(entry.item.orderingKey, new Set([entry]))
    ready.set(entry.key, entry)
  }

  /** Removes the first entry of its ordering key, and makes the next one ready. */
  const endOrder = (entry: Entry) => {
    const { orderingKey } = entry.item
    const entries = orderingKey === undefined ? undefined : ordered.get(orderingKey)
    if (orderingKey === undefined || entries === undefined) return
    entries.delete(entry)
    const [next] = entries
    if (next === undefined) return void ordered.delete(orderingKey)
    next.dueAt = Math.min(next.dueAt, now())
    ready.set(next.key, next)
  }

  /** Removes an entry for good. */
  const remove = (entry: Entry) => {
    pending.delete(entry.item.id)
    givenBackAt.delete(entry)
    endOrder(entry)
  }

  const endProgress = ({ key }: TakenItem): Entry | undefined => {
    const entry = inProgress.get(key)
    inProgress.delete(key)
    return entry
  }

  const forgetOldest = () => {
    const expiry = now() - retentionMs
    for (const [id, at] of handled) {
      if (at > expiry) return
      handled.delete(id)
      activityKeys.forget(id)
    }
  }

  /** Keeps the delay of each item when the clock was set back. */
  const adjustToClock = () => {
    const setBackMs = lastNow - now()
    lastNow = now()
    if (setBackMs > 0) for (const entry of ready.values()) entry.dueAt -= setBackMs
  }

  /** When the oldest item was received that is not handled. The items that wait for their ordering key are in `ordered`. */
  const oldestReceivedAt = (): number | undefined => {
    let oldest: number | undefined
    for (const entries of [ready.values(), inProgress.values(), ...ordered.values(), givenBackAt.keys()]) {
      for (const { item } of entries) oldest = Math.min(oldest ?? item.receivedAt, item.receivedAt)
    }
    return oldest
  }

  const isUnhandled = (entry: Entry) => unhandled.get(entry.givenBackBy)?.has(entry.key) ?? false

  const removeUnhandled = ({ key, givenBackBy }: Entry) => {
    const group = unhandled.get(givenBackBy)
    group?.delete(key)
    if (group?.size === 0) unhandled.delete(givenBackBy)
  }

  const isOffered = (runId: string) => [...unhandled.keys()].some((by) => !by.includes(runId))

  /** Makes entries ready that other runs gave back, the oldest first. */
  const offerAgain = (limit: number, runId: string) => {
    const others = [...unhandled].filter(([by]) => !by.includes(runId))
    const entries = others.flatMap(([, group]) => firstOf(group.values(), limit))
    for (const entry of entries.sort(byKey).slice(0, limit)) {
      removeUnhandled(entry)
      entry.dueAt = now()
      const { orderingKey } = entry.item
      const entries = orderingKey === undefined ? undefined : ordered.get(orderingKey)
      if (orderingKey === undefined || entries === undefined) startOrder(entry)
      else {
        const [first, ...waiting] = entries
        ordered.set(orderingKey, new Set([...(first ? [first] : []), ...[...waiting, entry].sort(byKey)]))
      }
    }
  }

  const takeReady = (limit: number): TakenItem[] => {
    const taken: TakenItem[] = []
    for (const [key, entry] of ready) {
      if (taken.length >= limit) break
      if (entry.dueAt > now()) continue
      ready.delete(key)
      inProgress.set(key, entry)
      entry.attempts += 1
      lastToken += 1
      const item = { ...entry.item, attempt: entry.attempts, lease: { token: lastToken } }
      taken.push({ key, token: lastToken, item })
    }
    return taken
  }

  return {
    add(items) {
      adjustToClock()
      forgetOldest()
      const duplicates: string[] = []
      for (const item of items) {
        const isKnown = pending.has(item.id) || handled.has(item.id) || dead.has(item.id)
        if (isKnown) duplicates.push(item.id)
        else put(activityKeys.claim(item))
      }
      return duplicates
    },
    nextDueAt({ id }) {
      adjustToClock()
      if (isOffered(id)) return now()
      let next: number | undefined
      for (const { dueAt } of ready.values()) {
        if (next === undefined || dueAt < next) next = dueAt
        if (next <= now()) return next
      }
      return next
    },
    take(limit, { id }) {
      const taken = takeReady(limit)
      if (taken.length === limit || !isOffered(id)) return taken
      offerAgain(limit - taken.length, id)
      return [...taken, ...takeReady(limit - taken.length)]
    },
    finish(taken) {
      const entry = endProgress(taken)
      if (entry === undefined) return false
      handled.set(entry.item.id, now())
      remove(entry)
      return true
    },
    fail(taken, error) {
      adjustToClock()
      const entry = endProgress(taken)
      if (entry === undefined) return false
      entry.dueAt = now() + backoff(entry.attempts)
      if (entry.attempts < maxAttempts) {
        ready.set(entry.key, entry)
        return false
      }
      dead.set(entry.item.id, { ...entry.item, attempts: entry.attempts, failedAt: now(), error })
      remove(entry)
      return true
    },
    postpone(taken, delayMs) {
      adjustToClock()
      const entry = endProgress(taken)
      if (entry === undefined) return
      entry.attempts -= 1
      entry.dueAt = now() + delayMs
      ready.set(entry.key, entry)
    },
    giveBack(taken, { id }) {
      const entry = endProgress(taken)
      if (entry === undefined) return
      entry.attempts -= 1
      entry.givenBackBy = (entry.givenBackBy + id).slice(-givenBackByLength)
      if (!givenBackAt.has(entry)) givenBackAt.set(entry, now())
      const group = unhandled.get(entry.givenBackBy) ?? new Map()
      unhandled.set(entry.givenBackBy, group.set(entry.key, entry))
      endOrder(entry)
    },
    nextRemovalAt() {
      for (const [entry, at] of givenBackAt) if (isUnhandled(entry)) return at + retentionMs
      return undefined
    },
    removeUnhandled() {
      const ids: string[] = []
      for (const [entry, at] of givenBackAt) {
        if (at + retentionMs > now() || ids.length === mostRemoved) break
        if (!isUnhandled(entry)) continue
        removeUnhandled(entry)
        givenBackAt.delete(entry)
        pending.delete(entry.item.id)
        activityKeys.forget(entry.item.id)
        ids.push(entry.item.id)
      }
      return ids
    },
    stats() {
      adjustToClock()
      const oldestAt = oldestReceivedAt()
      const delayed = [...ready.values()].filter(({ dueAt }) => dueAt > now()).length
      return {
        waiting: pending.size - inProgress.size - delayed,
        inProgress: inProgress.size,
        delayed,
        deadLetters: dead.size,
        ...(oldestAt !== undefined && { oldestAgeMs: Math.max(now() - oldestAt, 0) }),
      }
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
    discard(id) {
      activityKeys.forget(id)
      return dead.delete(id)
    },
    close() {},
  }
}

/** Which item has each activity key: the first one, for as long as its id is known. */
function createActivityKeys() {
  const owners = new Map<string, string>()
  const keys = new Map<string, string>()
  return {
    /** A copy of the item, without its key if another item has it. */
    claim({ activityKey, ...item }: NewInboxItem): NewInboxItem {
      if (activityKey === undefined || owners.has(activityKey)) return item
      owners.set(activityKey, item.id)
      keys.set(item.id, activityKey)
      return { ...item, activityKey }
    },
    forget(id: string): void {
      const key = keys.get(id)
      if (key === undefined) return
      keys.delete(id)
      owners.delete(key)
    },
  }
}

function firstOf<T>(values: Iterable<T>, count: number): T[] {
  const first: T[] = []
  for (const value of values) {
    if (first.length === count) break
    first.push(value)
  }
  return first
}

/** How many items one call removes at most. */
const mostRemoved = 1000
