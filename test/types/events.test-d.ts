import { describe, expectTypeOf, it } from 'vitest'
import type * as z from 'zod/mini'
import {
  type ActivityEvent,
  type Delivery,
  type DirectMessageEvent,
  type EventOf,
  type EventType,
  eventTypes,
  type FavoriteEvent,
  type FilteredPostEvent,
  type PostCreateEvent,
  parseDelivery,
  type UnknownEvent,
  type WireBlock,
  type WireDelivery,
  type WireDirectMessage,
  type WireDirectMessageRead,
  type WireDirectMessageTyping,
  type WireDirectMessageUser,
  type WireFavorite,
  type WireFollow,
  type WireMute,
  type WirePost,
  type WirePostDelete,
  type WireReplayJobStatus,
  type WireRevoke,
  type XActivityEvent,
} from '../../src/entries/events.ts'
import type * as schemas from '../../src/events/account-activity/schemas.ts'

describe('events', () => {
  it('narrow by their type, without a cast', () => {
    const handle = (event: ActivityEvent): string | undefined => {
      switch (event.type) {
        case 'tweet_create':
          expectTypeOf(event).toEqualTypeOf<PostCreateEvent>()
          return event.payload.extended_tweet?.full_text ?? event.payload.text
        case 'tweet_delete':
          return event.payload.status.id
        case 'favorite':
          return event.payload.favorited_status.user?.screen_name
        case 'follow':
        case 'unfollow':
        case 'block':
        case 'unblock':
        case 'mute':
        case 'unmute':
          expectTypeOf(event.sourceId).toEqualTypeOf<string>()
          return event.payload.source.screen_name
        case 'user_revoke':
          return event.payload.source.user_id
        case 'direct_message':
          expectTypeOf(event.sender).toEqualTypeOf<WireDirectMessageUser | undefined>()
          return event.payload.message_create.message_data.text
        case 'direct_message_indicate_typing':
          return event.payload.sender_id
        case 'direct_message_mark_read':
          return event.payload.last_read_event_id
        case 'replay_job_status':
          return event.payload.job_state
        case 'unknown':
          expectTypeOf(event.payload).toEqualTypeOf<unknown>()
          return event.key
        default:
          expectTypeOf(event).toEqualTypeOf<XActivityEvent | FilteredPostEvent>()
          return event.id
      }
    }
    expectTypeOf(handle).returns.toEqualTypeOf<string | undefined>()
  })

  it('have exactly the types of eventTypes', () => {
    expectTypeOf<(typeof eventTypes)[number]>().toEqualTypeOf<ActivityEvent['type']>()
    expectTypeOf<EventType>().toEqualTypeOf<ActivityEvent['type']>()
    expectTypeOf(eventTypes.length).toEqualTypeOf<61>()
  })

  it('are selected by type', () => {
    expectTypeOf<EventOf<'favorite'>>().toEqualTypeOf<FavoriteEvent>()
    expectTypeOf<EventOf<'direct_message'>>().toEqualTypeOf<DirectMessageEvent>()
    expectTypeOf<EventOf<'unknown'>>().toEqualTypeOf<UnknownEvent>()
    expectTypeOf<EventOf<EventType>>().toEqualTypeOf<ActivityEvent>()
    // @ts-expect-error X sends no event when a like is removed
    expectTypeOf<EventOf<'unfavorite'>>().toBeNever()
  })

  it('are read-only', () => {
    expectTypeOf<Delivery['events']>().toEqualTypeOf<readonly ActivityEvent[]>()
    const [event] = parseDelivery('{}').events
    // @ts-expect-error a handler must not change the event that the next handler gets
    if (event) event.id = 'mine'
  })

  it('are the result of parseDelivery for every kind of input', () => {
    expectTypeOf(parseDelivery).parameter(0).toEqualTypeOf<string | Uint8Array | object>()
    expectTypeOf(parseDelivery).returns.toEqualTypeOf<Delivery>()
    expectTypeOf<Delivery['family']>().toEqualTypeOf<'account_activity' | 'activity' | 'filtered_stream' | 'unknown'>()
  })
})

describe('schemas', () => {
  // `satisfies` in schemas.ts checks one direction; these tests check that a schema accepts what its interface allows.
  it('accept what the interfaces allow', () => {
    expectTypeOf<WirePost>().toExtend<z.input<typeof schemas.postSchema>>()
    expectTypeOf<WirePostDelete>().toExtend<z.input<typeof schemas.postDeleteSchema>>()
    expectTypeOf<WireFavorite>().toExtend<z.input<typeof schemas.favoriteSchema>>()
    expectTypeOf<WireFollow>().toExtend<z.input<typeof schemas.followSchema>>()
    expectTypeOf<WireBlock>().toExtend<z.input<typeof schemas.blockSchema>>()
    expectTypeOf<WireMute>().toExtend<z.input<typeof schemas.muteSchema>>()
    expectTypeOf<{ revoke: WireRevoke }>().toExtend<z.input<typeof schemas.userEventSchema>>()
    expectTypeOf<WireDirectMessage>().toExtend<z.input<typeof schemas.messageSchema>>()
    expectTypeOf<WireDirectMessageTyping>().toExtend<z.input<typeof schemas.typingSchema>>()
    expectTypeOf<WireDirectMessageRead>().toExtend<z.input<typeof schemas.readSchema>>()
    expectTypeOf<WireReplayJobStatus>().toExtend<z.input<typeof schemas.replayJobStatusSchema>>()
  })

  it('describe the elements of the arrays of a delivery', () => {
    expectTypeOf<NonNullable<WireDelivery['follow_events']>[number]>().toEqualTypeOf<WireFollow>()
    expectTypeOf<NonNullable<WireDelivery['direct_message_events']>[number]>().toEqualTypeOf<WireDirectMessage>()
  })
})
