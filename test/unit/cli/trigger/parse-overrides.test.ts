import { describe, expect, it } from 'vitest'
import { parseOverrides } from '../../../../src/cli/trigger/parse-overrides.ts'

const body = { for_user_id: '1', list: [{ text: 'hi', count: 1 }] }

describe('parseOverrides', () => {
  it.each([
    [['list[0].text=hello'], { list: { 0: { text: 'hello' } } }],
    [['for_user_id=42'], { for_user_id: '42' }],
    [['for_user_id="42"'], { for_user_id: '42' }],
    [['list[0].count=42'], { list: { 0: { count: 42 } } }],
    [['list[0].count=9007199254740993'], { list: { 0: { count: '9007199254740993' } } }],
    [['a.b={"c":[1]}'], { a: { b: { c: [1] } } }],
    [['a=null', 'b=true', 'c=text', 'd='], { a: null, b: true, c: 'text', d: '' }],
    [['list[0].text=a=b\nc'], { list: { 0: { text: 'a=b\nc' } } }],
    [['list[0].text=a', 'list[0].count=2'], { list: { 0: { text: 'a', count: 2 } } }],
    [['constructor=1'], { constructor: 1 }],
    [[], {}],
  ])('reads %j', (texts, overrides) => expect(parseOverrides(texts, body)).toEqual(overrides))

  it.each(['', 'text', '=x', '[x]=1', 'a..b=1', '__proto__.x=1', 'a.__proto__=1'])('refuses "%s"', (text) => {
    expect(() => parseOverrides([text], body)).toThrow(
      expect.objectContaining({ exitCode: 2, message: `"${text}" does not change a body.` }),
    )
  })

  it('refuses a change inside a value', () => {
    expect(() => parseOverrides(['a=1', 'a.b=2'], body)).toThrow('"a.b=2" does not change a body.')
  })
})
