import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type Activity,
  type Client,
  createClient,
  createReceiver,
  parseDelivery,
  type Receiver,
} from 'x-account-activity'
import { createEmulator, type EmulatedUser } from 'x-account-activity/emulator'
import { accountActivityEventTypes } from 'x-account-activity/sync'
import { account, envelopeOf, messageOf, other } from '../support/x-activities.ts'
import { blocksOf, blockWith, createBlockWriter } from './run-block.ts'

const blocks = blocksOf('docs/guides/moving-to-x-activity.md')
const write = createBlockWriter()
const load = <Exports>(text: string): Promise<Exports> => import(/* @vite-ignore */ write(blockWith(blocks, text)))

const post = { id: '301', text: 'tea &amp; toast, @alice?', author_id: other.id }
const bodies = {
  mention: { data: envelopeOf('post.mention.create', { payload: post, includes: { users: [account, other] } }) },
  olderMention: {
    for_user_id: account.id,
    tweet_create_events: [
      {
        id_str: '301',
        text: 'tea &amp; toast, @alice?',
        user: { id_str: other.id, screen_name: 'bob' },
        entities: { user_mentions: [{ id_str: account.id }] },
      },
    ],
  },
  message: { data: envelopeOf('dm.received') },
  sent: { for_user_id: account.id, direct_message_events: [messageOf(account, other, '402')] },
  revoke: { data: envelopeOf('oauth.revoke') },
  follow: { data: envelopeOf('follow.follow') },
  olderFollow: {
    for_user_id: account.id,
    follow_events: [
      { type: 'follow', created_timestamp: '1784928224372', source: { id: account.id }, target: { id: other.id } },
    ],
  },
}

/** Hands deliveries to a receiver, as X sends them. */
async function deliver(receiver: Receiver, ...names: (keyof typeof bodies)[]): Promise<void> {
  for (const name of names) expect(await receiver.dispatch(parseDelivery(bodies[name]))).toBe(true)
}

/** What was printed since the last call. */
const printed = () => {
  const lines = vi.mocked(console.log).mock.calls.map((args) => args.join(' '))
  vi.mocked(console.log).mockClear()
  return lines
}

beforeEach(() => {
  vi.stubEnv('X_CONSUMER_SECRET', 'consumer-secret')
  vi.spyOn(console, 'log').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('the handlers of the guide about moving to the X Activity API', () => {
  it('run once for what both APIs deliver', async () => {
    const { receiver } = await load<{ receiver: Receiver }>('export const receiver')
    await deliver(receiver, 'olderMention', 'mention', 'message', 'sent', 'revoke')
    expect(printed()).toEqual([
      '@bob: tea & toast, @alice? https://x.com/bob/status/301',
      'Bob: hi',
      `${account.id} revoked the app's access`,
    ])
  })

  it('take what has no common key from one API, until the move of the account begins', async () => {
    const { moving, onOtherKinds } = await load<{
      moving: Set<string>
      onOtherKinds: (receiver: Receiver, handle: (activity: Activity) => unknown) => () => void
    }>('export const moving')
    const seen: string[] = []
    const record = ({ kind, api }: Activity) => void seen.push(`${kind} ${api}`)
    const receiver = createReceiver({ consumerSecret: 'consumer-secret' })
    onOtherKinds(receiver, record)
    await deliver(receiver, 'follow', 'olderFollow')
    expect(seen).toEqual(['follow account_activity'])
    moving.add(account.id)
    const receiverAfterwards = createReceiver({ consumerSecret: 'consumer-secret' })
    onOtherKinds(receiverAfterwards, record)
    await deliver(receiverAfterwards, 'follow', 'olderFollow')
    expect(seen.slice(1)).toEqual(['follow activity', 'follow account_activity'])
  })
})

describe('the comparison of the guide', () => {
  it('lists what only the Account Activity API delivered to the accounts', async () => {
    const { compare } = await load<{
      compare: (receiver: Receiver, ids: ReadonlySet<string>) => { missing: () => Activity[]; stop: () => void }
    }>('export function compare')
    const receiver = createReceiver({ consumerSecret: 'consumer-secret' })
    const { missing, stop } = compare(receiver, new Set([account.id]))
    const ofOthers = compare(receiver, new Set([other.id]))
    await deliver(receiver, 'olderMention', 'olderFollow', 'sent', 'message')
    expect(missing().map(({ kind }) => kind)).toEqual(['mention', 'message'])
    await deliver(receiver, 'mention')
    expect(missing()).toMatchObject([{ kind: 'message', messageId: '402' }])
    stop()
    expect(ofOthers.missing()).toEqual([])
  })
})

describe('the calls of the guide', () => {
  const credentialsOf = ({ id, accessToken, accessTokenSecret }: EmulatedUser) => ({
    userId: id,
    accessToken,
    accessTokenSecret,
  })

  async function subscribed(names: readonly string[]) {
    const receiver = createReceiver({ consumerSecret: () => x.app.consumerSecret })
    const x = createEmulator({ seed: 'moving', fetch: (request) => receiver.fetch(request) })
    const client = createClient({ ...x.app, fetch: x.fetch, now: x.now })
    const webhook = await client.webhooks.create('https://app.example/webhook')
    const users = names.map((screenName) => x.addUser({ screenName }))
    for (const user of users) await client.subscriptions.create(webhook.id, { user })
    return { x, client, webhookId: webhook.id, users }
  }

  async function listTypes(client: Client): Promise<Map<string, string[]>> {
    const types = new Map<string, string[]>()
    for await (const { eventType, filter } of client.activity.subscriptions.list()) {
      const id = filter.userId ?? ''
      types.set(id, [...(types.get(id) ?? []), eventType])
    }
    return types
  }

  const loadMove = () =>
    load<{ move: (client: Client, options: object) => Promise<Set<string>> }>('export async function move')
  const loadRemaining = () =>
    load<{ remaining: (client: Client, webhookId: string) => Promise<string[]> }>('export async function remaining')

  it('subscribe a few accounts to both', async () => {
    const { client, webhookId, users } = await subscribed(['alice', 'bob'])
    const { turnOn } = await load<{ turnOn: (...args: unknown[]) => Promise<void> }>('export async function turnOn')
    await turnOn(client, webhookId, users.slice(0, 1))
    const types = await listTypes(client)
    expect([...types.keys()]).toEqual([users[0]?.id])
    expect(types.get(users[0]?.id ?? '')?.sort()).toEqual([...accountActivityEventTypes].sort())
    const { remaining } = await loadRemaining()
    expect(await remaining(client, webhookId)).toEqual(users.map(({ id }) => id))
  })

  it('move accounts in groups, and end the Account Activity API a minute after their move begins', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `account_${index}`)
    const { client, webhookId, users, x } = await subscribed(names)
    const { move } = await loadMove()
    const { remaining } = await loadRemaining()
    const steps: string[] = []
    const notMoved = await move(client, {
      webhookId,
      users: users.map(credentialsOf),
      now: x.now,
      onMove: () => void steps.push('moves'),
      async sleep(ms: number) {
        steps.push(`${(await remaining(client, webhookId)).length} remain`)
        await x.advance({ ms })
      },
    })
    // The second group waits for the rate limit of 500 new subscriptions first.
    expect(steps[29]).toBe('30 remain')
    expect(new Set(steps.slice(30))).toEqual(new Set(['1 remain', 'moves']))
    expect(steps.filter((step) => step === 'moves')).toHaveLength(30)
    expect(notMoved.size).toBe(0)
    expect(await remaining(client, webhookId)).toEqual([])
    expect((await listTypes(client)).size).toBe(30)
    expect(x.webhooks).toMatchObject([{ valid: true }])
  })

  it('leave an account with the Account Activity API whose subscriptions failed', async () => {
    const { client, webhookId, users, x } = await subscribed(['alice', 'bob'])
    const [alice, bob] = users.map(credentialsOf)
    const { move } = await loadMove()
    const { remaining } = await loadRemaining()
    const options = { webhookId, sleep: (ms: number) => x.advance({ ms }), now: x.now, onMove: () => {} }
    const wrong = { ...bob, accessTokenSecret: 'wrong' }
    expect(await move(client, { ...options, users: [alice, wrong] })).toEqual(new Set([bob?.userId]))
    expect(await remaining(client, webhookId)).toEqual([bob?.userId])
    expect(await move(client, { ...options, users: [alice, bob] })).toEqual(new Set())
    expect(await remaining(client, webhookId)).toEqual([])
  })

  it('refuse more accounts than the limit allows before they change anything', async () => {
    const { client, webhookId, users, x } = await subscribed(['alice'])
    const { move } = await loadMove()
    const requests = x.requests.length
    const moved = move(client, { webhookId, limit: 16, users: users.map(credentialsOf), onMove: () => {} })
    await expect(moved).rejects.toThrow(RangeError)
    await expect(moved).rejects.toThrow('1 accounts and 17 event types need 17 activity subscriptions')
    expect(x.requests).toHaveLength(requests)
  })
})
