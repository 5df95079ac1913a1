import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { parseDelivery } from 'x-account-activity/events'
import { createReceiver } from 'x-account-activity/receiver'
import { createSqliteDedupeStore, createSqliteInbox } from 'x-account-activity/stores/sqlite'
import { tempFolder } from '../support/temp-folder.ts'
import { followBody, secret } from '../support/x-request.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

// The claim of the inbox expired before that of the dedupe store, and each attempt in between counted as a failure.
it('hands an event out again within 30 s after a crash, with an inbox and a dedupe store on their defaults', async () => {
  const folder = tempFolder()
  const [path, handledPath] = [join(folder, 'inbox.db'), join(folder, 'handled.db')]
  const id = parseDelivery(followBody()).events[0]?.id ?? ''
  // A process that was killed: its timers never fire.
  const deadInbox = createSqliteInbox({ path, sleep: () => new Promise(() => {}) })
  const deadStore = createSqliteDedupeStore({ path: handledPath })
  await deadInbox.add([{ id, body: followBody(), receivedAt: Date.now() }])
  const deadRun = new Promise<void>((resolve) => {
    const handle = () => {
      resolve()
      return new Promise(() => {})
    }
    deadInbox.run(handle, { concurrency: 1, onError: () => {} })
  })
  await deadRun
  await vi.advanceTimersByTimeAsync(2_000)
  expect(deadStore.claim(id)).toMatchObject({ state: 'claimed' })
  const follow = vi.fn()

  const inbox = createSqliteInbox({ path, maxAttempts: 2 })
  const dedupe = createSqliteDedupeStore({ path: handledPath })
  const receiver = createReceiver({ consumerSecret: secret, inbox, dedupe, on: { follow } })
  await vi.advanceTimersByTimeAsync(30_000)
  expect(follow).toHaveBeenCalledOnce()
  expect(await inbox.deadLetters()).toEqual([])

  await receiver.close()
  for (const store of [deadInbox, deadStore, inbox, dedupe]) await store.close()
})
