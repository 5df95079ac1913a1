import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryInbox, type Inbox } from 'x-account-activity/receiver'
import { createPostgresInbox } from 'x-account-activity/stores/postgres'
import { createSqliteInbox } from 'x-account-activity/stores/sqlite'
import { deferred } from '../../../support/deferred.ts'
import { describeWithPostgres, newTablePrefix, openPgPool } from '../../../support/postgres.ts'

const stats = 'stats counts what waits for its ordering key, and what has no handler, as waiting'

async function checkWaiting(inbox: Inbox): Promise<void> {
  const gate = deferred()
  const handle = async ({ id }: { readonly id: string }) => (id === 'c' ? 'no_handler' : gate.promise)
  const run = inbox.run(handle, { concurrency: 4, onError: (error) => expect.fail(String(error)) })
  onTestFinished(async () => {
    await run.stop()
    await inbox.close()
  })
  const item = { body: '{}', receivedAt: Date.now() }
  const added = ['a', 'b'].map((id) => ({ ...item, id, orderingKey: 'alice' }))
  await inbox.add([...added, { ...item, id: 'c' }])
  await vi.waitFor(async () => {
    expect(await inbox.stats?.()).toMatchObject({ waiting: 2, inProgress: 1, delayed: 0, deadLetters: 0 })
  })
  gate.resolve()
  await vi.waitFor(async () => {
    expect(await inbox.stats?.()).toMatchObject({ waiting: 1, inProgress: 0, delayed: 0, deadLetters: 0 })
  })
}

describe('a memory inbox', () => {
  it(stats, () => checkWaiting(createMemoryInbox()))
})

describe('an SQLite inbox', () => {
  it(stats, () => checkWaiting(createSqliteInbox({ path: ':memory:' })))
})

describeWithPostgres('a PostgreSQL inbox', () => {
  it(stats, () =>
    checkWaiting(createPostgresInbox({ client: openPgPool(), tablePrefix: newTablePrefix(), pollMs: 20 })),
  )
})
