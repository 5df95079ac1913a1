import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesRule, type RulePost } from '../../../../src/emulator/streams/match-rule.ts'
import { parseRule } from '../../../../src/emulator/streams/rule-syntax.ts'

const none: ReadonlySet<string> = new Set()
const empty: RulePost = {
  tokens: [],
  hashtags: none,
  mentions: none,
  from: none,
  to: none,
  lang: 'en',
  is: none,
  has: none,
}

function matches(rule: string, post: Partial<RulePost>): boolean {
  const program = parseRule(rule)
  if (typeof program === 'string') throw new Error(program)
  return matchesRule(program, { ...empty, ...post })
}

describe('a rule of operators', () => {
  const tokens = (text: string) => ({ tokens: text.split(' ') })
  it.each<[string, string, boolean]>([
    ['cat', 'a cat', true],
    ['cat', 'cats', false],
    ['cat dog', 'dog and cat', true],
    ['cat dog', 'cat', false],
    ['cat OR dog', 'dog', true],
    ['cat OR dog', 'fox', false],
    ['cat -dog', 'cat', true],
    ['cat -dog', 'cat dog', false],
    ['cat -(dog fox)', 'cat dog', true],
    ['cat -(dog OR fox)', 'cat dog', false],
    ['(cat OR dog) fox', 'fox dog', true],
    ['cat OR dog fox', 'dog', false],
    ['"a a b"', 'a a a b', true],
    ['"a b a c"', 'a b a b a c', true],
    ['"a b"', 'b a', false],
    ['"a b"', 'a', false],
  ])('%s on "%s"', (rule, text, expected) => {
    expect(matches(rule, tokens(text))).toBe(expected)
  })

  it.each<[string, Partial<RulePost>]>([
    ['#cat', { hashtags: new Set(['cat']) }],
    ['@cat', { mentions: new Set(['cat']) }],
    ['from:cat', { from: new Set(['12', 'cat']) }],
    ['from:12', { from: new Set(['12', 'cat']) }],
    ['to:cat', { to: new Set(['cat']) }],
  ])('%s', (rule, post) => {
    expect(matches(rule, post)).toBe(true)
    expect(matches(rule, {})).toBe(false)
  })

  it.each<[string, Partial<RulePost>]>([
    ['lang:de', { lang: 'de' }],
    ['is:reply', { is: new Set(['reply']) }],
    ['has:links', { has: new Set(['links']) }],
  ])('%s with a keyword', (rule, post) => {
    expect(matches(`cat ${rule}`, { ...post, tokens: ['cat'] })).toBe(true)
    expect(matches(`cat ${rule}`, { tokens: ['cat'] })).toBe(false)
    expect(matches(`cat -${rule}`, { tokens: ['cat'] })).toBe(true)
  })

  it('finds a phrase where the words are', () => {
    const word = fc.constantFrom('a', 'b')
    const words = fc.array(word, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(words, fc.array(word, { maxLength: 12 }), (phrase, text) => {
        const expected = ` ${text.join(' ')} `.includes(` ${phrase.join(' ')} `)
        expect(matches(`"${phrase.join(' ')}"`, { tokens: text })).toBe(expected)
      }),
    )
  })
})
