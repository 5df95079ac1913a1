import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDelivery } from '../../../src/events/parse-delivery.ts'
import type { XActivityEventType } from '../../../src/events/x-activity/events.ts'
import { alice, deliveries, posts } from '../../support/deliveries.ts'
import { oddValues, type Path, pathsOf, withMember } from '../../support/odd-values.ts'
import { account, envelopeOf, messageOf, other, payloads } from '../../support/x-activities.ts'

const goodPost = { tweet_create_events: [posts.mention] }
const goodFollow = deliveries.follow.follow_events

/** A delivery of one event after which a good event of another kind follows. */
function besideGoodEvent(delivery: object): Record<string, unknown> {
  return 'tweet_create_events' in delivery ? { ...delivery, follow_events: goodFollow } : { ...delivery, ...goodPost }
}

describe.each(Object.entries(deliveries))('a %s with a member of the wrong type', (type, delivery) => {
  const body = besideGoodEvent(delivery)
  const goodType = type === 'tweet_create' ? 'follow' : 'tweet_create'
  const goodKey = type === 'tweet_create' ? 'follow_events' : 'tweet_create_events'
  const paths = pathsOf(delivery).filter((path) => path.length > 0)

  it('at any depth does not affect the event beside it', () => {
    for (const path of paths) {
      for (const odd of oddValues) {
        const changed = withMember(body, path, odd) as Record<string, unknown>
        for (const input of [changed, JSON.stringify(changed)]) {
          const goodEvents = parseDelivery(input).events.filter((event) => event.type === goodType)
          expect(goodEvents, JSON.stringify([path, odd])).toHaveLength(1)
        }
        expect(changed[goodKey]).toBe(body[goodKey])
      }
    }
  })

  it('in several places is still read', () => {
    const changes = fc.array(
      fc.tuple(fc.constantFrom(...paths), fc.oneof(fc.constantFrom(...oddValues), fc.jsonValue())),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    fc.assert(
      fc.property(changes, (all) => {
        const changed = all.reduce<unknown>((value, [path, odd]) => {
          return isObjectAt(value, path.slice(0, -1)) ? withMember(value, path, odd) : value
        }, body) as object
        const { events } = parseDelivery(JSON.stringify(changed))
        expect(events.filter((event) => event.type === goodType)).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })
})

function isObjectAt(value: unknown, [key, ...rest]: Path): boolean {
  if (typeof value !== 'object' || value === null) return false
  return key === undefined || isObjectAt((value as Record<string, unknown>)[key], rest)
}

const xActivities = Object.keys(payloads).map((type) => {
  const envelope = envelopeOf(type as XActivityEventType, { created_at: '2026-07-24T20:53:37.000Z', tag: 'a' })
  return [type, { data: envelope, includes: { users: [{ data: { id: '5' } }] }, meta: { replay: true } }] as const
})
const filteredPost = { data: { id: '5', text: 'a' }, matching_rules: [{ id: '2' }], includes: { users: [{ id: '5' }] } }

describe.each([...xActivities, ['filtered_post', filteredPost] as const])(
  'a %s of the newer APIs with a member of the wrong type',
  (_, delivery) => {
    it('at any depth is still read', () => {
      for (const path of pathsOf(delivery).filter(([first]) => first !== undefined)) {
        for (const odd of oddValues) {
          const changed = withMember(delivery, path, odd) as object
          for (const input of [changed, JSON.stringify(changed)]) {
            expect(parseDelivery(input).events.length, JSON.stringify([path, odd])).toBeLessThanOrEqual(1)
          }
        }
      }
    })
  },
)

describe('items of one message of the X Activity API that are malformed', () => {
  it('have different ids, and do not affect the others', () => {
    const list = [messageOf(other, account), { id: '' }, null]
    const data = envelopeOf('dm.received', { event_uuid: undefined, payload: { direct_message_events: list } })
    const { events } = parseDelivery({ data })
    expect(events.map(({ type }) => type)).toEqual(['dm.received', 'unknown', 'unknown'])
    expect(new Set(events.map(({ id }) => id)).size).toBe(3)
  })

  it('may have a qualifier whose toString is not a function', () => {
    const data = envelopeOf('post.create', { filter: { user_id: account.id, qualifiers: { place: { toString: 1 } } } })
    expect(parseDelivery({ data }).events).toMatchObject([{ type: 'post.create' }])
  })
})

describe('an id whose `length` cannot be converted', () => {
  // `Number({ toString: 1 })` throws a TypeError.
  const odd = { length: { toString: 1 } }

  it.each<[string, unknown]>([
    ['direct_message_events', [{ id: odd }]],
    ['tweet_delete_events', [{ status: { id: odd, user_id: odd } }]],
    ['favorite_events', [{ id: odd, favorited_status: { id_str: odd }, user: { id: odd } }]],
    ['direct_message_indicate_typing_events', [{ sender_id: odd, target: { recipient_id: odd } }]],
    ['direct_message_mark_read_events', [{ sender_id: odd, target: { recipient_id: odd }, last_read_event_id: odd }]],
    ['user_event', { revoke: { source: { user_id: odd }, target: { app_id: odd } } }],
    ['replay_job_status', { job_id: odd, job_state: odd }],
  ])('makes an unknown event of %s', (key, value) => {
    const { events } = parseDelivery(JSON.stringify({ for_user_id: alice.id, [key]: value, follow_events: goodFollow }))
    expect(events.map(({ type }) => type)).toEqual(['unknown', 'follow'])
    expect(events[0]).toMatchObject({
      key,
      issues: expect.arrayContaining([{ path: expect.anything(), message: 'expected string' }]),
    })
  })
})

describe('an object that is not JSON', () => {
  const broken = {
    get id(): string {
      throw new Error('not yours')
    },
  }

  it('has an unknown event where the members of an event cannot be read', () => {
    const delivery = parseDelivery({ for_user_id: '1', direct_message_events: [broken], follow_events: goodFollow })
    expect(delivery.events.map(({ type }) => type)).toEqual(['unknown', 'follow'])
    expect(delivery.events[0]).toMatchObject({
      key: 'direct_message_events',
      issues: [{ path: ['direct_message_events', 0], message: 'expected members that can be read' }],
    })
    expect(delivery.events[0]?.payload).toBe(broken)
  })

  it('is refused when its own members cannot be read', () => {
    const body = Object.defineProperty({}, 'follow_events', { get: () => broken.id, enumerable: true })
    expect(() => parseDelivery(body)).toThrow(
      new TypeError('"input" must be the parsed body, got an object whose members cannot be read'),
    )
  })

  it.each([
    ['a function', () => {}],
    ['a function with a toString of its own', Object.assign(() => {}, { toString: 1 })],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['an object without a prototype', Object.create(null)],
  ])('is read with %s as an event', (_, value) => {
    const { events } = parseDelivery({ for_user_id: '1', x_events: [value], tweet_create_events: [value] })
    expect(events.map(({ type }) => type)).toEqual(['unknown', 'unknown'])
  })
})
