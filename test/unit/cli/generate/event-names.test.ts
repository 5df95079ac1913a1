import { expect, test } from 'vitest'
import { eventNames, readEventNames } from '../../../../src/cli/generate/event-names.ts'
import { apis } from '../../../../src/cli/generate/options.ts'

test('with both APIs, events are kinds of activities', () => {
  expect(readEventNames(['mention', 'post_delete', 'mention'], 'both')).toEqual([
    { name: 'mention', key: 'mention', file: 'mention', handler: 'onMention' },
    { name: 'post_delete', key: 'post_delete', file: 'post-delete', handler: 'onPostDelete' },
  ])
})

test('with one API, a kind of activity is the type of event that X sends for it', () => {
  expect(readEventNames(['message', 'mention'], 'account-activity')).toEqual([
    { name: 'message', key: 'direct_message', file: 'message', handler: 'onMessage' },
    { name: 'mention', key: 'tweet_create', postKind: 'mention', file: 'mention', handler: 'onMention' },
  ])
  expect(readEventNames(['message', 'post.mention.create'], 'activity')).toEqual([
    { name: 'message', key: 'dm.received', file: 'message', handler: 'onMessage' },
    {
      name: 'post.mention.create',
      key: 'post.mention.create',
      file: 'post-mention-create',
      handler: 'onPostMentionCreate',
    },
  ])
})

test('every name that is accepted is found, with a file and a function of its own', () => {
  for (const api of apis) {
    const events = eventNames(api).flatMap((name) => readEventNames([name], api))
    expect(events.map(({ name }) => name)).toEqual(eventNames(api))
    // Only two names of one event, such as post_delete and post.delete, share a file.
    const keys = new Map(events.map(({ file, key }) => [file, key]))
    expect(events.filter(({ file, key }) => keys.get(file) !== key)).toEqual([])
    for (const { file, handler } of events) {
      expect(file).toMatch(/^[a-z0-9-]+$/)
      expect(handler).toMatch(/^on[A-Z][A-Za-z0-9]+$/)
    }
  }
})

test.each([
  [
    ['mention', 'post.mention.create'],
    'activity',
    'The events "mention" and "post.mention.create" overlap: X sends post.mention.create for both.',
  ],
  [
    ['tweet_create', 'reply'],
    'account-activity',
    'The events "tweet_create" and "reply" overlap: X sends tweet_create for both.',
  ],
  [
    ['message', 'direct_message'],
    'account-activity',
    'The events "message" and "direct_message" overlap: X sends direct_message for both.',
  ],
  [['dm.received'], 'both', '--api both does not have the event "dm.received".'],
  [['dm.received'], 'account-activity', '--api account-activity does not have the event "dm.received".'],
  [['favorite'], 'activity', '--api activity does not have the event "favorite".'],
  [['unknown'], 'activity', '--api activity does not have the event "unknown".'],
  [['../evil'], 'both', 'The event "../evil" does not exist.'],
  [['constructor'], 'both', 'The event "constructor" does not exist.'],
  [['toString'], 'activity', 'The event "toString" does not exist.'],
  [[], 'both', 'No event is named.'],
] as const)('%j with --api %s is refused', (names, api, message) => {
  expect(() => readEventNames(names, api)).toThrow(expect.objectContaining({ name: 'CliError', exitCode: 2, message }))
})
