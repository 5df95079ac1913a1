import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  type Activity,
  createMemoryDedupeStore,
  createMemoryInbox,
  type DedupeStore,
  type Inbox,
} from 'x-account-activity'
import { createSqliteDedupeStore, createSqliteInbox } from 'x-account-activity/stores/sqlite'
import { createPostgresDedupeStore } from '../../../src/stores/dedupe/postgres-dedupe-store.ts'
import { createRedisDedupeStore } from '../../../src/stores/dedupe/redis-dedupe-store.ts'
import { createBullMqInbox } from '../../../src/stores/inbox/bullmq-inbox.ts'
import { createPostgresInbox } from '../../../src/stores/inbox/postgres-inbox.ts'
import { describeWithPostgres, newTablePrefix, openPgPool, openPostgresJs } from '../../support/postgres.ts'
import { settle } from '../../support/receiver.ts'
import { describeWithRedis, newPrefix, openIoRedis, openNodeRedis } from '../../support/redis.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { createMachine, deliver } from '../../support/two-machines.ts'
import { account, envelopeOf, messageOf, other } from '../../support/x-activities.ts'

// What happened on one account, as each API delivers it, in the same order.
const post = (id: string) => ({
  id,
  text: 'hi @alice',
  author_id: other.id,
  entities: { mentions: [{ id: account.id }] },
})
const bodies = {
  account_activity: [
    ...['301', '302'].map((id_str) => ({
      for_user_id: account.id,
      tweet_create_events: [
        {
          id_str,
          text: 'hi @alice',
          user: { id_str: other.id },
          entities: { user_mentions: [{ id_str: account.id }] },
        },
      ],
    })),
    { for_user_id: account.id, tweet_delete_events: [{ status: { id: '301', user_id: account.id } }] },
    { for_user_id: account.id, direct_message_events: [messageOf(other, account)] },
    {
      user_event: {
        revoke: {
          date_time: '2026-07-23T21:44:05+00:00',
          target: { app_id: '29820954' },
          source: { user_id: account.id },
        },
      },
    },
  ],
  activity: [
    { data: envelopeOf('post.mention.create', { payload: post('301'), event_uuid: '301' }) },
    { data: envelopeOf('post.mention.create', { payload: post('302'), event_uuid: '302' }) },
    { data: envelopeOf('post.delete') },
    { data: envelopeOf('dm.received') },
    { data: envelopeOf('oauth.revoke') },
  ],
}
const once = ['mention 301', 'mention 302', 'message 401', 'post_delete 301', 'revoke 29820954']

interface Stores {
  readonly dedupe?: DedupeStore
  readonly inbox?: Inbox
}

/** Two machines with stores that share their data. One gets the deliveries of one API, the other those of the other, twice. */
async function handleOnTwoMachines(stores: readonly [Stores, Stores]): Promise<string[]> {
  const seen: string[] = []
  const record = async (activity: Activity) => {
    const id = 'postId' in activity ? activity.postId : activity.kind === 'message' ? activity.messageId : ''
    seen.push(`${activity.kind} ${id || (activity.kind === 'revoke' ? activity.appId : '')}`)
  }
  const onActivity = { mention: record, post_delete: record, message: record, revoke: record }
  const [one, two] = stores.map((store) => createMachine({ ...store, onActivity })) as [never, never]
  for (const [index, older] of bodies.account_activity.entries()) {
    const both = [deliver(one, JSON.stringify(older)), deliver(two, JSON.stringify(bodies.activity[index]))]
    await Promise.all(both)
    await deliver(two, JSON.stringify(older))
    await deliver(one, JSON.stringify({ ...bodies.activity[index], meta: { replay: true } }))
  }
  await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(once.length), { timeout: 10_000 })
  await settle()
  return seen.sort()
}

const closeLater = <I extends Inbox>(inbox: I): I => {
  onTestFinished(async () => inbox.close())
  return inbox
}

describe('an activity that both APIs deliver to two machines is handled once', () => {
  it('with a dedupe store in memory', async () => {
    const dedupe = createMemoryDedupeStore()
    expect(await handleOnTwoMachines([{ dedupe }, { dedupe }])).toEqual(once)
  })

  it('with a dedupe store in SQLite', async () => {
    const path = `${tempFolder()}/dedupe.db`
    const open = () => {
      const dedupe = createSqliteDedupeStore({ path })
      onTestFinished(() => dedupe.close())
      return { dedupe }
    }
    expect(await handleOnTwoMachines([open(), open()])).toEqual(once)
  })

  it('with an inbox in memory', async () => {
    const inbox = closeLater(createMemoryInbox())
    expect(await handleOnTwoMachines([{ inbox }, { inbox }])).toEqual(once)
  })

  it('with an inbox in SQLite', async () => {
    const path = `${tempFolder()}/inbox.db`
    const open = () => ({ inbox: closeLater(createSqliteInbox({ path })) })
    expect(await handleOnTwoMachines([open(), open()])).toEqual(once)
  })
})

describeWithRedis('an activity that both APIs deliver is handled once, on a Redis server,', () => {
  it('with a dedupe store', async () => {
    const prefix = newPrefix()
    const clients = [await openNodeRedis(), openIoRedis()]
    const [one, two] = clients.map((client) => ({ dedupe: createRedisDedupeStore(client, { prefix }) }))
    expect(await handleOnTwoMachines([one as Stores, two as Stores])).toEqual(once)
  })

  it('with the inbox of BullMQ, which needs a dedupe store', { timeout: 30_000 }, async () => {
    const prefix = newPrefix()
    const open = (): Stores => ({ inbox: closeLater(createBullMqInbox({ connection: openIoRedis(), prefix })) })
    expect(() => createMachine({ ...open(), onActivity: { mention: () => {} } })).toThrow(
      new TypeError('"onActivity" needs "dedupe", because the "inbox" cannot claim activities'),
    )
    const dedupe = createRedisDedupeStore(openIoRedis(), { prefix: `${prefix}-dedupe` })
    expect(
      await handleOnTwoMachines([
        { ...open(), dedupe },
        { ...open(), dedupe },
      ]),
    ).toEqual(once)
  })
})

describeWithPostgres('an activity that both APIs deliver is handled once, on a PostgreSQL server,', () => {
  it('with a dedupe store', async () => {
    const tablePrefix = newTablePrefix()
    const open = (client: object): Stores => ({ dedupe: createPostgresDedupeStore({ client, tablePrefix } as never) })
    expect(await handleOnTwoMachines([open(openPgPool()), open(openPostgresJs())])).toEqual(once)
  })

  it('with an inbox', async () => {
    const tablePrefix = newTablePrefix()
    const open = (client: object): Stores => ({
      inbox: closeLater(createPostgresInbox({ client, tablePrefix, pollMs: 20 } as never)),
    })
    expect(await handleOnTwoMachines([open(openPgPool()), open(openPostgresJs())])).toEqual(once)
  })
})
