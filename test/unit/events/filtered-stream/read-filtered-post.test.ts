import { describe, expect, it } from 'vitest'
import { parseDelivery } from 'x-account-activity/events'

// The form of https://docs.x.com/x-api/webhooks/stream/introduction, with invented values.
const post = { id: '301', text: 'tea', edit_history_tweet_ids: ['301'], created_at: '2026-01-06T18:40:40.000Z' }
const body = {
  data: post,
  includes: { users: [{ id: '1', username: 'alice', created_at: '2013-12-14T04:35:55Z' }] },
  matching_rules: [{ id: '120897978112909812', tag: 'tea posts' }, { id: '2' }],
}

describe('a delivery of a filtered stream', () => {
  it('is one event with all rules that match', () => {
    const { family, events, forUserId } = parseDelivery(JSON.stringify(body))
    expect([family, forUserId]).toEqual(['filtered_stream', undefined])
    expect(events).toEqual([
      {
        type: 'filtered_post',
        id: expect.any(String),
        occurredAt: new Date('2026-01-06T18:40:40.000Z'),
        postId: '301',
        matchingRules: body.matching_rules,
        includes: body.includes,
        payload: post,
      },
    ])
  })

  it('needs no more than the id of the post', () => {
    const { events } = parseDelivery({ data: { id: '7' }, matching_rules: [] })
    expect(events).toMatchObject([{ type: 'filtered_post', postId: '7', matchingRules: [] }])
  })

  it('has the same id when it is replayed or its errors differ, and another for another post', () => {
    const idOf = (changes: object) => parseDelivery({ ...body, ...changes }).events[0]?.id
    expect(idOf({ meta: { replay: true }, errors: [{ title: 'Not Found' }] })).toBe(idOf({}))
    expect(idOf({ data: { ...post, id: '302' } })).not.toBe(idOf({}))
    expect(parseDelivery({ ...body, meta: { replay: true } }).events[0]).toHaveProperty('isReplay', true)
  })

  it('is unknown without the id of the post', () => {
    const { family, events } = parseDelivery({ data: { text: 'tea' }, matching_rules: body.matching_rules })
    expect(family).toBe('filtered_stream')
    expect(events).toMatchObject([{ type: 'unknown', issues: [{ path: ['data', 'id'], message: 'expected an id' }] }])
  })

  it('is one event for each post of a list', () => {
    const { family, events } = parseDelivery({ ...body, data: [post, { id: '302' }, 7, null] })
    expect(family).toBe('filtered_stream')
    expect(events).toMatchObject([
      { type: 'filtered_post', postId: '301', matchingRules: body.matching_rules },
      { type: 'filtered_post', postId: '302', matchingRules: body.matching_rules },
      { type: 'unknown', issues: [{ path: ['data', 2, 'id'] }] },
      { type: 'unknown', issues: [{ path: ['data', 3, 'id'] }] },
    ])
    expect(new Set(events.map(({ id }) => id)).size).toBe(4)
    expect(events[0]?.id).toBe(parseDelivery(body).events[0]?.id)
    expect(parseDelivery({ ...body, data: [] }).events).toMatchObject([{ type: 'unknown' }])
  })

  it('has the digits of an id that X sends as a number', () => {
    const { events } = parseDelivery('{"data":{"id":2080761390344937796},"matching_rules":[]}')
    expect(events).toMatchObject([{ postId: '2080761390344937796', id: 'filtered_post::2080761390344937796' }])
  })

  it.each([7, [null, 'x', { id: '1' }]])('leaves out rules that are not objects: %j', (matching_rules) => {
    const { events } = parseDelivery({ ...body, matching_rules })
    expect(events[0]).toHaveProperty('matchingRules', Array.isArray(matching_rules) ? [{ id: '1' }] : [])
  })
})
