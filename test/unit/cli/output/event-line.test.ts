import { describe, expect, it } from 'vitest'
import { formatEventLine, toEventRecord } from '../../../../src/cli/output/event-line.ts'
import { type ActivityEvent, parseDelivery, xActivityEventTypes } from '../../../../src/entries/events.ts'
import { deliveries } from '../../../support/deliveries.ts'
import { envelopeOf } from '../../../support/x-activities.ts'

const at = new Date(2026, 10, 29, 7, 5, 9).getTime()
const line = (event: ActivityEvent) => formatEventLine(event, { at, style: (_, text) => text })
const lineOf = (body: object) => parseDelivery(body).events.map(line).join('\n')
const mention = (text: string) => ({
  data: {
    event_type: 'post.mention.create',
    event_uuid: '301',
    filter: { user_id: '1111' },
    payload: {
      id: '301',
      author_id: '2222',
      text,
      entities: { mentions: [{ start: 0, end: 6, username: 'alice', id: '1111' }] },
    },
    includes: { users: [{ id: '2222', username: 'bob', name: 'Bob' }] },
  },
})

describe('formatEventLine', () => {
  it('has the time, the direction, the kind, who and whom, the text and the id', () => {
    expect(lineOf(mention('@alice tea &amp; toast?'))).toBe(
      '07:05:09  in   mention      @bob → @alice     "@alice tea & toast?"  post.mention.create:1111:301',
    )
  })

  it('shortens a long text, and does not cut characters', () => {
    const [, text] = /"(.*)"/.exec(lineOf(mention('👩‍👩‍👧'.repeat(40)))) ?? []
    expect(text).toBe(`${'👩‍👩‍👧'.repeat(30)}…`)
  })

  it('shortens the id to the width of the terminal, and leaves it out where little would remain', () => {
    const [event] = parseDelivery(mention('hi')).events as [ActivityEvent]
    const lineIn = (width: number) => formatEventLine(event, { at, style: (_, text) => text, width })
    expect(lineIn(200)).toMatch(/"hi" {2}post\.mention\.create:1111:301$/)
    expect(lineIn(60)).toMatch(/"hi" {2}post\.me…$/)
    expect(lineIn(60)).toHaveLength(60)
    expect(lineIn(59)).toMatch(/"hi"$/)
  })

  it('makes control characters of others harmless', () => {
    expect(lineOf(mention('a\u001b[2Jb\nc\u202ed'))).toContain('"a\ufffd[2Jb c\ufffdd"')
  })

  it('has one line for every event of the X Activity API, with its own name where there is no kind', () => {
    const lines = xActivityEventTypes.map((type) => lineOf({ data: envelopeOf(type) }))
    for (const [index, text] of lines.entries()) {
      expect(text, xActivityEventTypes[index]).toMatch(/^07:05:09 {2}(in |out| {3}) {2}\S+ .*\S$/)
      expect(text).not.toMatch(/\n|undefined|null|\[object/)
    }
    expect(lines.filter((text) => / (profile|spaces|broadcast|news|chat|subscriptions)\./.test(text))).toHaveLength(27)
  })

  it('has one line for every event of the Account Activity API', () => {
    for (const [name, body] of Object.entries(deliveries)) {
      expect(lineOf(body), name).not.toMatch(/undefined|null|\[object/)
    }
  })

  it.each([
    [
      'a filtered post',
      {
        data: { id: '5', text: 'tea', author_id: '2222' },
        includes: { users: [{ id: '2222', username: 'bob' }] },
        matching_rules: [{ id: '7', tag: 'drinks' }, { id: '8' }],
      },
      /filtered_post {2}@bob → rule drinks, 8 {2}"tea" {2}/,
    ],
    [
      'the end of a replay job',
      {
        replay_job_status: {
          webhook_id: '1',
          job_state: 'Complete',
          job_state_description: 'Job completed successfully',
          job_id: '99',
        },
      },
      /replay_job_status {2}job 99 {12}"Job completed successfully"/,
    ],
    ['a type that is not known', { for_user_id: '1', spaces_events: [{ id: '1' }] }, /unknown {6}spaces_events/],
    [
      'an event without the members of its type',
      { for_user_id: '1', tweet_delete_events: [{}] },
      /unknown {6}tweet_delete_events {2}".+"/,
    ],
  ])('describes %s', (_, body, pattern) => expect(lineOf(body)).toMatch(pattern))
})

describe('toEventRecord', () => {
  it('has the id, the type, the kind, the account and the event', () => {
    const [event] = parseDelivery(mention('hi')).events as [ActivityEvent]
    expect(toEventRecord(event)).toEqual({
      id: 'post.mention.create:1111:301',
      type: 'post.mention.create',
      kind: 'mention',
      forUserId: '1111',
      event,
    })
  })

  it('has no kind and no account where the event has none', () => {
    const [event] = parseDelivery({ anything: 1 }).events as [ActivityEvent]
    expect(Object.keys(toEventRecord(event))).toEqual(['id', 'type', 'event'])
  })
})
