import { describe, expect, it } from 'vitest'
import { parseForwardRules, urlsOf } from '../../../../src/cli/listen/forward-rules.ts'
import { parseDelivery } from '../../../../src/entries/events.ts'
import { envelopeOf } from '../../../support/x-activities.ts'

describe('parseForwardRules', () => {
  it.each([
    ['http://localhost:3000/webhook', { types: ['*'], url: 'http://localhost:3000/webhook' }],
    ['*=https://a.example', { types: ['*'], url: 'https://a.example' }],
    ['mention, message=http://a.example', { types: ['mention', 'message'], url: 'http://a.example' }],
    [
      'post.mention.create,tweet_create=http://a.example/x=1',
      {
        types: ['post.mention.create', 'tweet_create'],
        url: 'http://a.example/x=1',
      },
    ],
    ['http://a.example/?types=mention', { types: ['*'], url: 'http://a.example/?types=mention' }],
  ])('reads %s', (text, rule) => expect(parseForwardRules([text])).toEqual([rule]))

  it.each(['', 'mention', 'mention=', 'mention=localhost:3000', 'ftp://a.example', 'http://', '*=mention=http://a'])(
    'refuses "%s", which names no URL',
    (text) => {
      expect(() => parseForwardRules([text])).toThrow(
        expect.objectContaining({ exitCode: 2, message: `"${text}" does not name a URL.` }),
      )
    },
  )

  it.each([
    ['mentions', 'mention'],
    ['dm.recieved', 'dm.received'],
    ['folow', 'follow'],
  ])('names the type that is nearest to "%s"', (type, nearest) => {
    expect(() => parseForwardRules([`${type}=http://a.example`])).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: `"${type}" is not an event type.`,
        hint: expect.stringContaining(`"${nearest}"`),
      }),
    )
  })
})

describe('urlsOf', () => {
  const mention = parseDelivery({ data: envelopeOf('post.mention.create') })
  const profile = parseDelivery({ data: envelopeOf('profile.update.bio') })
  const rules = (...texts: string[]) => parseForwardRules(texts)

  it('sends a delivery to all URLs that name its kind or its type', () => {
    const several = rules('mention=http://a', 'post.mention.create=http://b', 'follow=http://c', 'mention=http://a')
    expect(urlsOf(mention, several)).toEqual(['http://a', 'http://b'])
  })

  it('sends to * what no other URL names', () => {
    const several = rules('mention=http://a', '*=http://b', 'http://c')
    expect(urlsOf(mention, several)).toEqual(['http://a'])
    expect(urlsOf(profile, several)).toEqual(['http://b', 'http://c'])
    expect(urlsOf({ events: [] }, several)).toEqual(['http://b', 'http://c'])
  })

  it('sends nothing without a rule that matches', () => {
    expect(urlsOf(profile, rules('mention=http://a'))).toEqual([])
    expect(urlsOf(profile, [])).toEqual([])
  })
})
