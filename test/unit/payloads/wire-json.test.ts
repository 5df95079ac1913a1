import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wireJson } from '../../../src/payloads/wire-json.ts'

describe('wireJson', () => {
  it.each([
    // The form of X: \uXXXX for characters beyond ASCII, < and >, and an escaped slash.
    [{ a: 'é' }, '{"a":"\\u00e9"}'],
    [{ a: '😀' }, '{"a":"\\ud83d\\ude00"}'],
    [{ a: '…' }, '{"a":"\\u2026"}'],
    [{ é: 1 }, '{"\\u00e9":1}'],
    [{ a: 'http://x' }, '{"a":"http:\\/\\/x"}'],
    [{ a: '\\/' }, '{"a":"\\\\\\/"}'],
    [{ a: '<b>' }, '{"a":"\\u003cb\\u003e"}'],
    [{ a: '"\n\t&\'' }, '{"a":"\\"\\n\\t&\'"}'],
    [{ a: '\u007f\u0080\uffff' }, '{"a":"\\u007f\\u0080\\uffff"}'],
    [{ a: '\ud800' }, '{"a":"\\ud800"}'],
    [[1.5, null, true, -0], '[1.5,null,true,0]'],
  ])('writes %j as X does', (value, expected) => {
    expect(wireJson(value)).toBe(expected)
  })

  it.each([
    ['1205348660982083585', '{"id":1205348660982083585,"id_str":"1205348660982083585"}'],
    ['9007199254740993', '{"id":9007199254740993,"id_str":"9007199254740993"}'],
    ['9223372036854775807', '{"id":9223372036854775807,"id_str":"9223372036854775807"}'],
    ['12', '{"id":12,"id_str":"12"}'],
  ])('writes all digits of the id %s', (id, expected) => {
    expect(wireJson({ id: Number(id), id_str: id })).toBe(expected)
  })

  it('does so for every numeric id that is followed by the same id as a string', () => {
    const id = '1205348660982083585'
    const value = { a: [{ in_reply_to_status_id: Number(id), in_reply_to_status_id_str: id }] }
    expect(wireJson(value)).toBe(`{"a":[{"in_reply_to_status_id":${id},"in_reply_to_status_id_str":"${id}"}]}`)
  })

  it.each([
    { id: 1, id_str: '2' },
    { id: 7, id_str: '007' },
    { id: 1, x_id_str: '1' },
    { id: null, id_str: null },
    { text: '"id":1,"id_str":"2"' },
    { text: '\\"id\\":1,\\"id_str\\":\\"1\\"' },
  ])('leaves %j as it is', (value) => {
    expect(wireJson(value)).toBe(JSON.stringify(value))
  })

  it('is ASCII, and parses to the value', () => {
    const ids = fc.bigInt({ min: 0n, max: 2n ** 63n }).map((id) => ({ id: Number(id), id_str: String(id) }))
    const anything = fc.oneof(fc.jsonValue({ noUnicodeString: false }), ids, fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anything), (value) => {
        const text = wireJson(value)
        expect(text).toMatch(/^[\x20-\x7e]*$/)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
