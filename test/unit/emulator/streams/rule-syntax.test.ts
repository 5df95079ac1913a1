import { describe, expect, it } from 'vitest'
import { parseRule } from '../../../../src/emulator/streams/rule-syntax.ts'

// The language is that of https://docs.x.com/x-api/posts/filtered-stream/integrate/build-a-rule. The words of the refusals
// are those of the emulator.

const cat = { kind: 'tokens', tokens: ['cat'] }
const dog = { kind: 'tokens', tokens: ['dog'] }
const fox = { kind: 'tokens', tokens: ['fox'] }

describe('a rule', () => {
  it.each<[string, object[]]>([
    ['cat', [cat]],
    ['  Cat\t', [cat]],
    ['cat dog', [cat, dog, { kind: 'all', count: 2 }]],
    ['cat OR dog', [cat, dog, { kind: 'any', count: 2 }]],
    ['cat -dog', [cat, dog, { kind: 'not' }, { kind: 'all', count: 2 }]],
    // AND is applied before OR.
    ['cat OR dog fox', [cat, dog, fox, { kind: 'all', count: 2 }, { kind: 'any', count: 2 }]],
    ['(cat OR dog) fox', [cat, dog, { kind: 'any', count: 2 }, fox, { kind: 'all', count: 2 }]],
    ['cat -(dog OR fox)', [cat, dog, fox, { kind: 'any', count: 2 }, { kind: 'not' }, { kind: 'all', count: 2 }]],
    ['((cat))', [cat]],
    ['cat(dog)', [cat, dog, { kind: 'all', count: 2 }]],
    ['"Cat, dog!"', [{ kind: 'tokens', tokens: ['cat', 'dog'] }]],
    ['"OR"', [{ kind: 'tokens', tokens: ['or'] }]],
    ['🐱', [{ kind: 'tokens', tokens: ['🐱'] }]],
    ['❤️', [{ kind: 'tokens', tokens: ['❤'] }]],
    ['Straße', [{ kind: 'tokens', tokens: ['straße'] }]],
    ['#Café', [{ kind: 'hashtag', value: 'café' }]],
    ['@XDevelopers', [{ kind: 'mention', value: 'xdevelopers' }]],
    ['from:XDevelopers', [{ kind: 'from', value: 'xdevelopers' }]],
    ['to:2244994945', [{ kind: 'to', value: '2244994945' }]],
    ['cat lang:zh-TW', [cat, { kind: 'lang', value: 'zh-tw' }, { kind: 'all', count: 2 }]],
  ])('%s', (value, program) => {
    expect(parseRule(value)).toEqual(program)
  })

  it.each(['is:reply', 'is:retweet', 'is:quote', 'has:links', 'has:media', 'has:mentions', 'has:hashtags'])(
    'with %s',
    (operator) => {
      const [kind, value] = operator.split(':')
      expect(parseRule(`cat ${operator}`)).toEqual([cat, { kind, value }, { kind: 'all', count: 2 }])
    },
  )

  it.each<[string, string]>([
    ['', 'The rule is empty'],
    [' ', 'The rule is empty'],
    ['cat ()', 'There is nothing in the brackets "()"'],
    ['(cat', 'A bracket is not closed'],
    ['cat)', 'A bracket is closed that is not open'],
    ['cat OR', '"OR" must have an operator on both sides'],
    ['OR cat', '"OR" must have an operator on both sides'],
    ['(cat OR) dog', '"OR" must have an operator on both sides'],
    ['cat OR OR dog', '"OR" must have an operator on both sides'],
    ['cat -OR dog', '"OR" cannot be negated'],
    ['"cat', 'A double quote is not closed'],
    ['""', 'The phrase "" must contain a letter or a digit'],
    ['cat or dog', '"or" must be in double quotes as a keyword. A space means "and", and "OR" must be in upper case'],
    ['cat AND dog', '"AND" must be in double quotes as a keyword. A space means "and", and "OR" must be in upper case'],
    ['coca-cola', '"coca-cola" must be in double quotes, because it has punctuation'],
    ['--cat', '"-cat" must be in double quotes, because it has punctuation'],
    ['$TSLA', 'The emulator does not support cashtags: "$TSLA"'],
    ['url:example.com', 'The emulator does not support the operator "url:" in "url:example.com"'],
    ['cat constructor:x', 'The emulator does not support the operator "constructor:" in "constructor:x"'],
    ['point_radius:[1 2 3mi]', 'The emulator does not support the operator "point_radius:" in "point_radius:[1"'],
    ['cat is:verified', '"is:" must have "reply", "retweet" or "quote" in the emulator, got "is:verified"'],
    ['cat has:geo', '"has:" must have "links", "media", "mentions" or "hashtags" in the emulator, got "has:geo"'],
    ['from:@cat', '"from:" must have a handle without "@", or the id of a user, got "from:@cat"'],
    ['from:', '"from:" must have a handle without "@", or the id of a user, got "from:"'],
    ['cat lang:english', '"lang:" must have a BCP 47 language tag, got "lang:english"'],
    ['#', '"#" is not a valid hashtag'],
    ['#a-b', '"#a-b" is not a valid hashtag'],
    ['@abcdefghijklmnop', '"@abcdefghijklmnop" is not a valid mention'],
  ])('%s is refused', (value, problem) => {
    expect(parseRule(value)).toBe(problem)
  })

  it.each(['has:links', '-cat', 'cat OR -dog', 'cat OR has:links', '-(cat dog)', 'lang:en is:reply'])(
    '%s is refused because it matches almost all posts',
    (value) => {
      expect(parseRule(value)).toBe(
        'The rule must have an operator that can be used alone, such as a keyword, in each part of OR',
      )
    },
  )

  it('may have any number of brackets', () => {
    const deep = 200_000
    expect(parseRule(`${'('.repeat(deep)}cat${')'.repeat(deep)}`)).toEqual([cat])
    expect(parseRule('('.repeat(deep))).toBe('A bracket is not closed')
  })
})
