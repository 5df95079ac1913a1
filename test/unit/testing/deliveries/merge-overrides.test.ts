import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { mergeOverrides } from '../../../../src/testing/deliveries/merge-overrides.ts'

const body = { id: '1', tags: ['a', 'b'], user: { name: 'Mira', url: null }, list: [{ text: 'x', n: 1 }] }

describe('mergeOverrides', () => {
  it.each([
    ['a member', { id: '2' }, { ...body, id: '2' }],
    ['a nested member', { user: { name: 'Ada' } }, { ...body, user: { name: 'Ada', url: null } }],
    ['a value that is false', { id: false }, { ...body, id: false }],
    ['a value that is null', { user: null }, { ...body, user: null }],
    ['null by an object', { user: { url: { a: 1 } } }, { ...body, user: { name: 'Mira', url: { a: 1 } } }],
    ['a text by an array', { id: ['2', undefined] }, { ...body, id: ['2'] }],
    ['an object by an array', { user: ['2'] }, { ...body, user: ['2'] }],
    ['an array by a text', { tags: 'none' }, { ...body, tags: 'none' }],
    ['a new member', { extra: { deep: [1, { a: undefined, b: 2 }] } }, { ...body, extra: { deep: [1, { b: 2 }] } }],
    ['the first element', { tags: ['c'] }, { ...body, tags: ['c', 'b'] }],
    ['an element by index', { tags: { 1: 'c' } }, { ...body, tags: ['a', 'c'] }],
    ['a member of an element', { list: [{ text: 'y' }] }, { ...body, list: [{ text: 'y', n: 1 }] }],
    ['the end of an array', { tags: { 2: 'c' } }, { ...body, tags: ['a', 'b', 'c'] }],
    ['an array by a longer one', { tags: ['c', 'd', 'e'] }, { ...body, tags: ['c', 'd', 'e'] }],
    ['nothing', {}, body],
    ['nothing in an array', { tags: [] }, body],
  ])('changes %s', (_, overrides, changed) => {
    expect(mergeOverrides(body, overrides)).toStrictEqual(changed)
  })

  it.each([
    ['a member', { user: { url: undefined } }, { ...body, user: { name: 'Mira' } }],
    ['an element', { tags: { 0: undefined } }, { ...body, tags: ['b'] }],
    ['an element of a list', { tags: [undefined, 'c'] }, { ...body, tags: ['c'] }],
    ['all elements', { tags: [undefined, undefined] }, { ...body, tags: [] }],
  ])('removes %s that is undefined', (_, overrides, changed) => {
    expect(mergeOverrides(body, overrides)).toStrictEqual(changed)
  })

  it('skips the holes of an array', () => {
    const tags: string[] = []
    tags[1] = 'c'
    expect(mergeOverrides(body, { tags })).toStrictEqual({ ...body, tags: ['a', 'c'] })
  })

  it('takes objects of another realm, as test runners have', () => {
    const overrides: unknown = runInNewContext('({ user: { name: "Ada" }, tags: ["c"] })')
    expect(mergeOverrides(body, overrides)).toEqual({ ...body, user: { name: 'Ada', url: null }, tags: ['c', 'b'] })
  })

  it('does not change the prototype of anything', () => {
    const merged = mergeOverrides(body, JSON.parse('{"__proto__":{"polluted":true},"user":{"__proto__":{"a":1}}}'))
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
    expect(merged).not.toHaveProperty('polluted')
    expect(Object.keys(merged)).toContain('__proto__')
  })

  it.each([
    [
      'a name in an array',
      { tags: { first: 'c' } },
      TypeError,
      '"overrides.tags" is an array: its keys must be indexes such as 0, got "first"',
    ],
    [
      'an index of another form',
      { tags: { '01': 'c' } },
      TypeError,
      '"overrides.tags" is an array: its keys must be indexes such as 0, got "01"',
    ],
    [
      'a negative index',
      { tags: { '-1': 'c' } },
      TypeError,
      '"overrides.tags" is an array: its keys must be indexes such as 0, got "-1"',
    ],
    [
      'an index beyond the end',
      { tags: { 3: 'c' } },
      RangeError,
      '"overrides.tags" has 2 elements: it cannot have an index 3',
    ],
    [
      'a huge index',
      { tags: { 4294967294: 'c' } },
      RangeError,
      '"overrides.tags" has 2 elements: it cannot have an index 4294967294',
    ],
    [
      'a date',
      { list: [{ n: new Date(0) }] },
      TypeError,
      '"overrides.list[0].n" must be a JSON value, got [object Date]',
    ],
    ['a function', { id: () => '2' }, TypeError, '"overrides.id" must be a JSON value, got function'],
    ['a symbol', { id: Symbol('2') }, TypeError, '"overrides.id" must be a JSON value, got symbol'],
    ['a bigint', { id: 2n }, TypeError, '"overrides.id" must be a JSON value, got bigint'],
    ['NaN', { id: Number.NaN }, TypeError, '"overrides.id" must be a JSON value, got NaN'],
    ['Infinity', { id: Infinity }, TypeError, '"overrides.id" must be a JSON value, got Infinity'],
    ['a map', { user: new Map() }, TypeError, '"overrides.user" must be a JSON value, got [object Map]'],
  ])('refuses %s', (_, overrides, errorClass, message) => {
    expect(() => mergeOverrides(body, overrides)).toThrow(errorClass)
    expect(() => mergeOverrides(body, overrides)).toThrow(message)
  })

  it('refuses an object that contains itself', () => {
    const user: Record<string, unknown> = {}
    user.self = user
    expect(() => mergeOverrides(body, { user })).toThrow(new TypeError('"overrides" must not contain itself'))
  })
})
