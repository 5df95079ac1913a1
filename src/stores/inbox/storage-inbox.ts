import { assertInteger, assertObject, assertText, kindOf } from '../../internal/assert.ts'
import type { Inbox, NewInboxItem } from './inbox.ts'
import type { InboxStorage } from './inbox-storage.ts'
import { assertRun, type RunSettings, runStorageInbox, type StorageInboxRun } from './run-storage-inbox.ts'

/** An inbox whose items lie on a shelf in this process's reach. */
export function createStorageInbox(shelf: InboxStorage, settings: RunSettings): Inbox {
  const runs = new Set<StorageInboxRun>()
  const wakeRuns = () => {
    for (const run of runs) run.wake()
  }

  return {
    add(items) {
      assertItems(items)
      shelf.add(items)
      wakeRuns()
    },
    run(handle, options) {
      assertRun(handle, options)
      const run = runStorageInbox(shelf, handle, options, settings)
      runs.add(run)
      return { stop: () => run.stop().finally(() => runs.delete(run)) }
    },
    deadLetters: () => shelf.deadLetters(),
    async retry(id) {
      const isThere = await shelf.retry(id)
      wakeRuns()
      return isThere
    },
    discard: (id) => shelf.discard(id),
    close: () => shelf.close(),
  }
}

/** All of them are looked at before one is kept. */
export function assertItems(items: readonly NewInboxItem[]): void {
  if (!Array.isArray(items)) throw new TypeError(`"items" must be an array, got ${kindOf(items)}`)
  items.forEach(assertItem)
}

function assertItem(item: NewInboxItem, index: number): void {
  const label = `items[${index}]`
  assertObject(item, label)
  const { id, body, receivedAt, orderingKey }: NewInboxItem = item
  assertText(id, `${label}.id`)
  if (typeof body !== 'string') throw new TypeError(`"${label}.body" must be a string, got ${kindOf(body)}`)
  assertInteger(receivedAt, `${label}.receivedAt`)
  if (orderingKey !== undefined) assertText(orderingKey, `${label}.orderingKey`)
}
