import { describe, expectTypeOf, test } from 'vitest'
import { createReceiver, type EventType, type HandlerContext, parseDelivery } from 'x-account-activity'
import type {
  FollowEvent,
  WireDirectMessage,
  WireFollow,
  WirePost,
  WireReplayJobStatus,
  WireV2DirectMessages,
  WireV2Post,
  WireV2Relation,
} from 'x-account-activity/events'
import {
  buildDelivery,
  createTestContext,
  type DeliveryBody,
  type DeliveryOverrides,
  type DeliveryVariant,
  deliveryVariants,
  type PostPayload,
  signedRequest,
} from 'x-account-activity/testing'

describe('buildDelivery', () => {
  test('returns the body of its type, whose first event is always there', () => {
    const body = buildDelivery('tweet_create')
    expectTypeOf(body.for_user_id).toEqualTypeOf<string>()
    expectTypeOf(body.tweet_create_events[0]).toEqualTypeOf<PostPayload>()
    expectTypeOf(body.tweet_create_events[0]).toExtend<WirePost>()
    expectTypeOf(body.tweet_create_events[0].id_str).toEqualTypeOf<string>()
    expectTypeOf(body.tweet_create_events[1]).toEqualTypeOf<PostPayload | undefined>()
    expectTypeOf(buildDelivery('direct_message').direct_message_events[0]).toEqualTypeOf<WireDirectMessage>()
    expectTypeOf(buildDelivery('unfollow').follow_events[0]).toEqualTypeOf<WireFollow>()
    expectTypeOf(buildDelivery('replay_job_status').replay_job_status).toEqualTypeOf<WireReplayJobStatus>()
    // @ts-expect-error a follow has no posts
    void buildDelivery('follow').tweet_create_events
  })

  test('returns the payload of each type of the X Activity API', () => {
    const { data } = buildDelivery('post.mention.create')
    expectTypeOf(data.event_type).toEqualTypeOf<'post.mention.create'>()
    expectTypeOf(data.payload).toEqualTypeOf<WireV2Post>()
    expectTypeOf(buildDelivery('follow.follow').data.payload).toEqualTypeOf<WireV2Relation>()
    const { payload } = buildDelivery('dm.received').data
    expectTypeOf(payload).toExtend<WireV2DirectMessages>()
    expectTypeOf(payload.direct_message_events[0]).toEqualTypeOf<WireDirectMessage>()
    expectTypeOf(buildDelivery('filtered_post').data).toEqualTypeOf<WireV2Post>()
    expectTypeOf(buildDelivery('filtered_post').matching_rules[0].id).toEqualTypeOf<string>()
  })

  test('takes any part of the body as overrides, and nothing else', () => {
    buildDelivery('tweet_create', { tweet_create_events: [{ text: 'Hi', user: { name: 'Ada' } }] })
    buildDelivery('tweet_create', { tweet_create_events: { 0: { text: undefined, quoted_status: { text: 'Hi' } } } })
    buildDelivery('direct_message', { users: { '12': { name: 'Ada' } } })
    buildDelivery('dm.received', { data: { payload: { direct_message_events: [{ id: '12' }] } } })
    buildDelivery('follow', undefined)
    // @ts-expect-error the text is a string
    buildDelivery('tweet_create', { tweet_create_events: [{ text: 7 }] })
    // @ts-expect-error X has no such member
    buildDelivery('tweet_create', { tweet_create_events: [{ txt: 'Hi' }] })
    // @ts-expect-error the event is in another list
    buildDelivery('follow', { tweet_create_events: [] })
    // @ts-expect-error the type of the event is fixed
    buildDelivery('post.create', { data: { event_type: 'post.delete' } })
  })

  test('takes members that may be undefined, under exactOptionalPropertyTypes', () => {
    const text = undefined as string | undefined
    const variant = undefined as 'reply' | undefined
    const overrides: DeliveryOverrides<'tweet_create'> = { tweet_create_events: [{ text }] }
    expectTypeOf(buildDelivery('tweet_create', overrides, { variant })).toEqualTypeOf<DeliveryBody<'tweet_create'>>()
  })

  test('takes the variants of its type only', () => {
    buildDelivery('tweet_create', {}, { variant: 'media' })
    buildDelivery('direct_message', {}, { variant: 'quick_reply' })
    // @ts-expect-error a follow has no media
    buildDelivery('follow', {}, { variant: 'media' })
    // @ts-expect-error a deletion has one form
    buildDelivery('tweet_delete', {}, { variant: 'media' })
    // @ts-expect-error a type that X does not have
    buildDelivery('tweet_creat')
    expectTypeOf<DeliveryVariant<'favorite'>>().toEqualTypeOf<'incoming' | 'outgoing'>()
    expectTypeOf<DeliveryVariant<'tweet_delete'>>().toEqualTypeOf<never>()
    expectTypeOf(deliveryVariants.favorite).toEqualTypeOf<readonly ('incoming' | 'outgoing')[]>()
  })

  test('takes a type that is known only at run time', () => {
    const type = 'follow' as EventType
    expectTypeOf(buildDelivery(type)).toExtend<object>()
    expectTypeOf(buildDelivery(type)).toEqualTypeOf<DeliveryBody<EventType>>()
    expectTypeOf<DeliveryBody<EventType>>().not.toBeAny()
    expectTypeOf<DeliveryBody<EventType>>().not.toBeNever()
  })

  test('has a body for every type', () => {
    expectTypeOf<{ [Type in EventType]: DeliveryBody<Type> extends never ? Type : never }[EventType]>().toBeNever()
  })
})

describe('the other helpers', () => {
  test('take what buildDelivery returns', () => {
    const body = buildDelivery('follow')
    expectTypeOf(signedRequest(body, { consumerSecret: 'secret', clientSecret: undefined })).toEqualTypeOf<Request>()
    const receiver = createReceiver({ consumerSecret: 'secret' })
    expectTypeOf(receiver.dispatch(parseDelivery(body))).toEqualTypeOf<Promise<boolean>>()
  })

  test('make the second argument of a handler', () => {
    const handler = (event: FollowEvent, context: HandlerContext) => [event, context]
    const [event] = parseDelivery(buildDelivery('follow')).events
    if (event?.type === 'follow') handler(event, createTestContext({ signal: undefined }))
    expectTypeOf(createTestContext()).toEqualTypeOf<HandlerContext>()
    // @ts-expect-error a context has no such member
    createTestContext({ abort: true })
  })
})
