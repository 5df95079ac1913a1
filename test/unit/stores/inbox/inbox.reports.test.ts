import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  createMemoryInbox,
  createReceiver,
  type Inbox,
  type InboxOptions,
  type ReceiverHooks,
} from 'x-account-activity/receiver'
import { createBullMqInbox } from 'x-account-activity/stores/bullmq'
import { createPostgresInbox } from 'x-account-activity/stores/postgres'
import { createSqliteInbox } from 'x-account-activity/stores/sqlite'
import { describeWithPostgres, newTablePrefix, openPgPool } from '../../../support/postgres.ts'
import { describeWithRedis, newPrefix, openIoRedis } from '../../../support/redis.ts'
import { deliveryRequest, followBody, secret } from '../../../support/x-request.ts'

const settings = { maxAttempts: 3, backoff: { baseMs: 1, maxMs: 2 } }
const follow = { type: 'follow', id: expect.stringMatching(/./), forUserId: '11' }

/** What the hooks of a receiver with this inbox are called with. */
function reportsOf(createInbox: (options: InboxOptions) => Inbox) {
  it('reports an event that X sends again, each failed attempt, and the dead letter', async () => {
    const reports: [string, unknown][] = []
    const collect = (name: string) => (report: unknown) => void reports.push([name, report])
    const hooks: ReceiverHooks = {
      onDuplicate: collect('duplicate'),
      onDeadLetter: collect('dead letter'),
      onFailure: collect('failure'),
    }
    const inbox = createInbox(settings)
    const fail = () => Promise.reject(new TypeError('always fails'))
    const receiver = createReceiver({ consumerSecret: secret, inbox, hooks, onError: () => {}, on: { follow: fail } })
    onTestFinished(async () => {
      await receiver.close()
      await inbox.close()
    })
    await receiver.fetch(deliveryRequest(followBody()))
    await receiver.fetch(deliveryRequest(followBody()))
    await vi.waitFor(() => expect(reports.at(-1)?.[0]).toBe('dead letter'), { timeout: 10_000, interval: 10 })
    const failure = { phase: 'handler', error: 'TypeError', ...follow }
    expect(reports.filter(([name]) => name !== 'duplicate')).toEqual([
      ['failure', { ...failure, attempt: 1 }],
      ['failure', { ...failure, attempt: 2 }],
      ['failure', { ...failure, attempt: 3 }],
      ['dead letter', { ...follow, attempts: 3, ageMs: expect.any(Number) }],
    ])
    expect(reports.filter(([name]) => name === 'duplicate')).toEqual([['duplicate', { ...follow, state: 'accepted' }]])
  })
}

describe('a receiver with a memory inbox', () => reportsOf(createMemoryInbox))

describe('a receiver with an SQLite inbox', () => {
  reportsOf((options) => createSqliteInbox({ path: ':memory:', ...options }))
})

describeWithRedis('a receiver with a BullMQ inbox', () => {
  reportsOf((options) => createBullMqInbox({ connection: openIoRedis(), prefix: newPrefix(), ...options }))
})

describeWithPostgres('a receiver with a PostgreSQL inbox', () => {
  reportsOf((options) =>
    createPostgresInbox({ client: openPgPool(), tablePrefix: newTablePrefix(), pollMs: 20, ...options }),
  )
})
