import { describe, expect, it, vi } from 'vitest'
import {
  type Activity,
  createMemoryDedupeStore,
  createMemoryInbox,
  createReceiver,
  type Inbox,
  type ReceiverOptions,
} from 'x-account-activity'
import { createSqliteInbox } from 'x-account-activity/stores/sqlite'
import { createTestReceiver, settle } from '../../support/receiver.ts'
import { account, envelopeOf, messageOf, other } from '../../support/x-activities.ts'
import { deliveryRequest } from '../../support/x-request.ts'

const post = { id: '301', text: 'hello @alice', author_id: other.id, entities: { mentions: [{ id: account.id }] } }
const reply = { ...post, referenced_tweets: [{ type: 'replied_to', id: '300' }] }

const bodies = {
  mention: { data: envelopeOf('post.mention.create', { payload: post, event_uuid: '301' }) },
  replyAsMention: { data: envelopeOf('post.mention.create', { payload: reply, event_uuid: '301' }) },
  replyAsReply: { data: envelopeOf('post.reply.create', { payload: reply, event_uuid: '-9' }) },
  olderMention: {
    for_user_id: account.id,
    tweet_create_events: [
      {
        id_str: '301',
        text: 'hello @alice',
        user: { id_str: other.id },
        entities: { user_mentions: [{ id_str: account.id }] },
      },
    ],
  },
  message: { data: envelopeOf('dm.received') },
  olderMessage: { for_user_id: account.id, direct_message_events: [messageOf(other, account)] },
  follow: { data: envelopeOf('follow.follow') },
  sameFollow: { data: envelopeOf('follow.follow', { filter: { user_id: account.id, direction: 'outbound' } }) },
  profile: { data: envelopeOf('profile.update.bio') },
  followWithoutUuid: { data: envelopeOf('follow.follow', { event_uuid: undefined }) },
}

/** A receiver, and what its handlers of activities were called with. */
function setUp(options: Partial<ReceiverOptions> = {}) {
  const seen: string[] = []
  const record = ({ kind, api }: Activity) => void seen.push(`${kind} ${api}`)
  const { receiver, errors } = createTestReceiver({
    onActivity: { mention: record, reply: record, message: record, follow: record },
    ...options,
  })
  const deliver = async (body: object) => (await receiver.fetch(deliveryRequest(JSON.stringify(body)))).status
  const deliverAll = async (...all: object[]) => {
    const statuses: number[] = []
    for (const body of all) statuses.push(await deliver(body))
    return statuses
  }
  return { receiver, errors, seen, deliver, deliverAll }
}

describe('onActivity', () => {
  it('calls the handler of a kind with the activity and the context', async () => {
    const mention = vi.fn()
    const { deliver } = setUp({ onActivity: { mention } })
    expect(await deliver(bodies.mention)).toBe(200)
    const [activity, context] = mention.mock.calls[0] ?? []
    expect(activity).toMatchObject({
      kind: 'mention',
      postId: '301',
      api: 'activity',
      event: { type: 'post.mention.create' },
    })
    expect(context).toMatchObject({ delivery: { family: 'activity' }, deadline: expect.any(Date) })
  })

  it('handles an activity once that both APIs deliver', async () => {
    const { deliverAll, seen } = setUp()
    const { mention, olderMention, olderMessage, message } = bodies
    expect(await deliverAll(olderMention, mention, message, olderMessage)).toEqual([200, 200, 200, 200])
    expect(seen).toEqual(['mention account_activity', 'message activity'])
  })

  it('handles an activity once that the X Activity API delivers as two events', async () => {
    const { deliverAll, seen } = setUp()
    const { replyAsMention, replyAsReply, follow, sameFollow } = bodies
    await deliverAll(replyAsReply, replyAsMention, follow, sameFollow)
    expect(seen).toEqual(['reply activity', 'follow activity'])
  })

  it('handles an activity once when both deliveries come at the same time', async () => {
    const mention = vi.fn(() => Promise.resolve())
    const { deliver } = setUp({ onActivity: { mention } })
    const statuses = await Promise.all([deliver(bodies.mention), deliver(bodies.olderMention), deliver(bodies.mention)])
    expect(statuses).toEqual([200, 200, 200])
    expect(mention).toHaveBeenCalledTimes(1)
  })

  it('does nothing for kinds without a handler, and events without a counterpart', async () => {
    const dedupe = { claim: vi.fn(() => 'claimed' as const), commit: vi.fn(), release: vi.fn() }
    const { deliverAll, seen } = setUp({ dedupe, onActivity: { like: () => {} } })
    expect(await deliverAll(bodies.mention, bodies.profile, { hello: 1 })).toEqual([200, 200, 200])
    expect(seen).toEqual([])
    expect(dedupe.claim).not.toHaveBeenCalled()
  })

  it('has a claim of its own beside that of the event, so that handlers of both kinds run once', async () => {
    const dedupe = createMemoryDedupeStore()
    const claim = vi.spyOn(dedupe, 'claim')
    const byType = vi.fn()
    const { deliverAll, seen } = setUp({ dedupe, on: { 'post.mention.create': byType, tweet_create: byType } })
    await deliverAll(bodies.mention, bodies.mention, bodies.olderMention)
    expect(byType).toHaveBeenCalledTimes(2)
    expect(seen).toEqual(['mention activity'])
    const keys = claim.mock.calls.map(([id]) => id)
    // Each event, and the activity that they share.
    expect(new Set(keys).size).toBe(3)
  })

  it('answers with 500 when the handler fails, and runs it again, but not the handler that succeeded', async () => {
    const byType = vi.fn()
    const mention = vi.fn().mockImplementationOnce(() => {
      throw new Error('not now')
    })
    const { deliver, errors } = setUp({ on: { 'post.mention.create': byType }, onActivity: { mention } })
    expect([await deliver(bodies.mention), await deliver(bodies.mention), await deliver(bodies.mention)]).toEqual([
      500, 200, 200,
    ])
    expect([byType.mock.calls.length, mention.mock.calls.length]).toEqual([1, 2])
    const context = { phase: 'handler', event: { type: 'post.mention.create' } }
    expect(errors).toMatchObject([{ error: { message: 'not now' }, context }])
  })

  it('reports a duplicate with the key of the activity', async () => {
    const onDuplicate = vi.fn()
    const { deliverAll } = setUp({ hooks: { onDuplicate } })
    await deliverAll(bodies.mention, bodies.olderMention)
    expect(onDuplicate.mock.calls).toEqual([
      [{ type: 'tweet_create', id: expect.stringContaining('301'), forUserId: account.id, state: 'done' }],
    ])
  })

  it('handles an event that has no unique id each time', async () => {
    const { deliverAll, seen } = setUp()
    await deliverAll(bodies.followWithoutUuid, bodies.followWithoutUuid)
    expect(seen).toEqual(['follow activity', 'follow activity'])
  })

  it('takes part in receiver.dispatch', async () => {
    const { receiver, seen, deliver } = setUp()
    const delivery = await receiver.unwrap(deliveryRequest(JSON.stringify(bodies.mention)))
    expect(await receiver.dispatch(delivery)).toBe(true)
    await deliver(bodies.olderMention)
    expect(seen).toEqual(['mention activity'])
  })

  it('keeps the order of an account', async () => {
    const { deliverAll, seen } = setUp({ order: 'account' })
    await deliverAll(bodies.olderMessage, bodies.mention, bodies.follow)
    expect(seen).toEqual(['message account_activity', 'mention activity', 'follow activity'])
  })
})

describe('receiver.onActivity', () => {
  it('adds a handler for one kind or several, and returns a function that removes it', async () => {
    const { receiver, deliver } = setUp({ onActivity: {} })
    const one = vi.fn()
    const two = vi.fn()
    const removeOne = receiver.onActivity('mention', one)
    receiver.onActivity(['mention', 'message', 'mention'], two)
    await deliver(bodies.mention)
    removeOne()
    removeOne()
    await deliver({ data: envelopeOf('post.mention.create', { payload: { ...post, id: '302' }, event_uuid: '302' }) })
    await deliver(bodies.message)
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 3])
  })

  it.each([
    ['an unknown kind', { onActivity: { tweet: () => {} } }, RangeError],
    ['a handler that is not a function', { onActivity: { post: 1 } }, TypeError],
    ['something that is not an object', { onActivity: 1 }, TypeError],
  ])('refuses %s', (_, options, error) => {
    expect(() => createReceiver({ consumerSecret: 'secret', ...(options as object) })).toThrow(error)
  })

  it('refuses an unknown kind', () => {
    const { receiver } = setUp()
    expect(() => receiver.onActivity('tweet' as never, () => {})).toThrow(RangeError)
  })
})

describe('onActivity with an inbox', () => {
  const inboxes: [string, () => Inbox][] = [
    ['in memory', () => createMemoryInbox()],
    ['in SQLite', () => createSqliteInbox({ path: ':memory:' })],
  ]

  it.each(inboxes)('%s handles an activity once, whichever API delivers it', async (_, create) => {
    const inbox = create()
    const { deliverAll, seen, receiver } = setUp({ inbox })
    await deliverAll(bodies.olderMention, bodies.mention, bodies.replyAsReply, bodies.message, bodies.olderMessage)
    await vi.waitFor(() => expect(seen.length).toBe(2))
    await settle()
    await receiver.close()
    expect(seen).toEqual(['mention account_activity', 'message activity'])
    expect(await inbox.deadLetters()).toEqual([])
    await inbox.close()
  })

  it.each(inboxes)('%s handles each event that has no unique id', async (_, create) => {
    const inbox = create()
    const { deliverAll, seen, receiver } = setUp({ inbox })
    await deliverAll(bodies.followWithoutUuid, bodies.followWithoutUuid)
    await vi.waitFor(() => expect(seen.length).toBe(2))
    await receiver.close()
    await inbox.close()
  })

  it('needs a dedupe store when the inbox cannot claim activities', async () => {
    const { claimsKeys: _, ...inbox } = createMemoryInbox()
    expect(() => setUp({ inbox })).toThrow(TypeError)
    const { receiver } = setUp({ inbox, onActivity: {} })
    expect(() => receiver.onActivity('post', () => {})).toThrow(
      '"onActivity" needs "dedupe", because the "inbox" cannot claim activities',
    )
    const { deliverAll, seen, receiver: other } = setUp({ inbox, dedupe: createMemoryDedupeStore() })
    await deliverAll(bodies.olderMention, bodies.mention)
    await vi.waitFor(() => expect(seen.length).toBe(1))
    await settle()
    await Promise.all([other.close(), receiver.close()])
    expect(seen).toEqual(['mention account_activity'])
  })
})
