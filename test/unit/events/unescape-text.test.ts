import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unescapeText } from '../../../src/events/unescape-text.ts'

describe('unescapeText', () => {
  it.each([
    {
      // Post 743080790070833153: https://twittercommunity.com/t/tweet-text-html-encoding-clarity/68810
      source: 'a post that X returned to a developer',
      escaped: '@dansaltmer &lt;script&gt;alert("here be dragons);&lt;/script&gt; 222222',
      text: '@dansaltmer <script>alert("here be dragons);</script> 222222',
    },
    {
      // https://github.com/sferik/twitter-ruby/issues/348
      source: 'a post that twitter-ruby returned',
      escaped: 'Social Media Studie zu Personalmarketing &amp; Recruiting: http://t.co/ZJ2L3PyC',
      text: 'Social Media Studie zu Personalmarketing & Recruiting: http://t.co/ZJ2L3PyC',
    },
    // https://github.com/tweepy/tweepy/issues/451
    { source: 'a post that tweepy returned', escaped: 'a -&gt; b', text: 'a -> b' },
  ])('unescapes $source', ({ escaped, text }) => {
    expect(unescapeText(escaped)).toBe(text)
  })

  it.each([
    ['', ''],
    ['&amp;lt;', '&lt;'],
    ['&amp;amp;', '&amp;'],
    ['&amp;amp;lt;', '&amp;lt;'],
    ['&lt;&gt;&amp;', '<>&'],
    ['🍅 &amp; 🫖', '🍅 & 🫖'],
  ])('replaces each entity once: %j', (escaped, text) => {
    expect(unescapeText(escaped)).toBe(text)
  })

  it.each(['&quot;', '&#39;', '&#38;', '&apos;', '&nbsp;', '&AMP;', '&amp', 'amp;', '& lt;', '&&', '&;', '%26amp'])(
    'leaves what X does not escape: %j',
    (text) => {
      expect(unescapeText(text)).toBe(text)
    },
  )

  it('returns any text that was escaped as X escapes it', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom('&', '<', '>', 'amp;', 'lt;', '&lt;', 'a')).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
        return unescapeText(escaped) === text
      }),
    )
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [5, 'number'],
    [['&amp;'], 'array'],
    [{}, 'object'],
  ])('refuses %j, which is not a text', (text, kind) => {
    expect(() => unescapeText(text as never)).toThrow(new TypeError(`"text" must be a string, got ${kind}`))
  })
})
