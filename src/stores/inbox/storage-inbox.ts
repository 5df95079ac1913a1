import { assertInteger, assertObject, assertText, kindOf } from '../../internal/assert.ts'
import { type Awaitable, isPromise } from '../../internal/awaitable.ts'
import type { Inbox, InboxAddResult, NewInboxItem } from './inbox.ts'
import type { InboxStorage } from './inbox-storage.ts'
import { assertRunArguments, type RunSettings, runStorageInbox, type StorageInboxRun } from './run-storage-inbox.ts'

/** An inbox that keeps its items in a storage which this process can call directly. */
export function createStorageInbox(storage: InboxStorage, settings: RunSettings): Inbox {
  const runs = new Set<StorageInboxRun>()
  const wakeRuns = () => {
    for (const run of runs) run.wake()
  }

  const endAdd = (duplicates: readonly string[]): InboxAddResult => {
    wakeRuns()
    return { duplicates: duplicates.length > 1 ? [...new Set(duplicates)] : duplicates }
  }

  return {
    claimsKeys: true,
    add(items): Awaitable<InboxAddResult> {
      assertItems(items)
      const duplicates = storage.add(items)
      return isPromise(duplicates) ? duplicates.then(endAdd) : endAdd(duplicates)
    },
    run(handle, options) {
      assertRunArguments(handle, options)
      const run = runStorageInbox(storage, handle, { ...options, onGivenBack: wakeRuns }, settings)
      runs.add(run)
      const stop = () => run.stop().finally(() => runs.delete(run))
      return { stop, offerAgain: run.offerAgain, canPostpone: true }
    },
    stats: () => storage.stats(),
    deadLetters: () => storage.deadLetters(),
    async retry(id) {
      const isFound = await storage.retry(id)
      wakeRuns()
      return isFound
    },
    discard: (id) => storage.discard(id),
    close: () => storage.close(),
  }
}

/** Checks all items, so that none is added when one is wrong. */
export function assertItems(items: readonly NewInboxItem[]): void {
  if (!Array.isArray(items)) throw new TypeError(`"items" must be an array, got ${kindOf(items)}`)
  items.forEach(assertItem)
}

function assertItem(item: NewInboxItem, index: number): void {
  const label = `items[${index}]`
  assertObject(item, label)
  const { id, body, receivedAt, eventIndex, orderingKey, activityKey }: NewInboxItem = item
  assertText(id, `${label}.id`)
  if (typeof body !== 'string') throw new TypeError(`"${label}.body" must be a string, got ${kindOf(body)}`)
  assertInteger(receivedAt, `${label}.receivedAt`)
  if (eventIndex !== undefined) assertInteger(eventIndex, `${label}.eventIndex`)
  if (orderingKey !== undefined) assertText(orderingKey, `${label}.orderingKey`)
  if (activityKey !== undefined) assertText(activityKey, `${label}.activityKey`)
}
