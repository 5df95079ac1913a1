import { assertObject } from '../../internal/assert.ts'
import type { Inbox } from './inbox.ts'
import { readTimedInboxOptions, type TimedInboxOptions } from './inbox-options.ts'
import { createMemoryInboxStorage } from './memory-inbox-storage.ts'
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
