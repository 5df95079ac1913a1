import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { exactDigits, ParsedBody, quoteLongNumbers, withExactIds } from '../../../../src/events/read/parsed-body.ts'

describe('quoteLongNumbers', () => {
  it.each([
    ['{"id":1207610954160037891}', '{"id":"1207610954160037891"}'],
    ['{"id":-1207610954160037891 }', '{"id":"-1207610954160037891" }'],
    ['[1234567890123456,1234567890123456]', '["1234567890123456","1234567890123456"]'],
    ['[1.5e3]', '["1.5e3"]'],
    ['[1E-7]', '["1E-7"]'],
    ['[0.12345678901234567]', '["0.12345678901234567"]'],
    [
      '{"text":"1207610954160037891","id":1207610954160037891}',
      '{"text":"1207610954160037891","id":"1207610954160037891"}',
    ],
    [
      String.raw`["a\"1207610954160037891",1207610954160037891]`,
      String.raw`["a\"1207610954160037891","1207610954160037891"]`,
    ],
    [String.raw`["a\\",1207610954160037891]`, String.raw`["a\\","1207610954160037891"]`],
    [String.raw`["a\\\"",1207610954160037891]`, String.raw`["a\\\"","1207610954160037891"]`],
    ['{"1207610954160037891":1207610954160037891}', '{"1207610954160037891":"1207610954160037891"}'],
  ])('writes %s as %s', (json, quoted) => {
    expect(quoteLongNumbers(json)).toBe(quoted)
  })

  it.each([
    '{}',
    '[123456789012345]',
    '[-1234567890123]',
    '["1207610954160037891"]',
    '[true,null,0,-1.5]',
    '{"1e5":"1e5"}',
  ])('leaves %s as it is', (json) => {
    expect(quoteLongNumbers(json)).toBeUndefined()
  })

  it('changes nothing but numbers', () => {
    const number = fc.constantFrom('7', '-1.5', '1207610954160037891', '1e9', '0.1234567890123456789')
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value))
    fc.assert(
      fc.property(fc.array(fc.tuple(json, number), { maxLength: 5 }), (items) => {
        const text = `[${items.map(([value, digits]) => `{"value":${value},"number":${digits}}`)}]`
        const exact = JSON.parse(quoteLongNumbers(text) ?? text)
        expect(withNumbers(exact)).toEqual(withNumbers(JSON.parse(text)))
        items.forEach(([, digits], index) => {
          expect(String(exact[index].number)).toBe(digits)
        })
      }),
    )
  })
})

/** A value in which strings that are numbers are numbers. */
function withNumbers(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, member) => {
    return typeof member === 'string' && /^-?\d[\d.e+-]*$/i.test(member) ? Number(member) : member
  })
}

describe('exactDigits', () => {
  it.each([
    [2 ** 53, '9007199254740993', '9007199254740993'],
    [-(2 ** 60), '-1152921504606846977', '-1152921504606846977'],
    [2 ** 53 - 1, '9007199254740991', undefined],
    [1.2e18, '1.2e18', undefined],
    [1.5, '1.5000000000000001', undefined],
    ['9007199254740993', '9007199254740993', undefined],
    [2 ** 53, 2 ** 53, undefined],
    [2 ** 53, undefined, undefined],
    [Number.POSITIVE_INFINITY, '1e400', undefined],
  ])('of %j and %j are %j', (value, exact, digits) => {
    expect(exactDigits(value, exact)).toBe(digits)
  })
})

describe('ParsedBody', () => {
  it('scans its text only when it has to, and once', () => {
    const text = '{"id":1207610954160037891}'
    const body = new ParsedBody(JSON.parse(text), text)
    const parse = vi.spyOn(JSON, 'parse')
    expect(body.textOfIds).toBeUndefined()
    expect(parse).not.toHaveBeenCalled()
    expect(body.exact).toEqual({ id: '1207610954160037891' })
    expect(body.exact).toBe(body.exact)
    expect(parse).toHaveBeenCalledOnce()
    expect(body.textOfIds).toBe(text)
    parse.mockRestore()
  })

  it.each([
    ['its numbers are short', '{"id":5}'],
    ['its text is not known', undefined],
  ])('is exact when %s', (_, text) => {
    const body = new ParsedBody({ id: 5 }, text)
    expect(body.exact).toBe(body.value)
    expect(body.textOfIds).toBeUndefined()
  })
})

describe('withExactIds', () => {
  it('returns the same event, without a look at the exact one, when no id is rounded', () => {
    const exact = vi.fn()
    for (const value of [null, 'x', [], {}, { id: 5 }, { id: 2 ** 60, id_str: '1' }, { user: { id: '1' } }]) {
      expect(withExactIds(value, exact)).toBe(value)
    }
    expect(exact).not.toHaveBeenCalled()
  })

  it('adds what X left out, and changes no object', () => {
    const value = Object.freeze({ id: 2 ** 60, user: Object.freeze({ id: 2 ** 61, id_str: '' }), text: 'a' })
    const exact = { id: '1152921504606846977', user: { id: '2305843009213693953' }, text: 'a' }
    expect(withExactIds(value, () => exact)).toEqual({
      id: 2 ** 60,
      id_str: '1152921504606846977',
      user: { id: 2 ** 61, id_str: '2305843009213693953' },
      text: 'a',
    })
    expect(withExactIds(value, () => value)).toEqual(value)
  })
})
