import { describe, expect, it } from 'vitest'
import * as c from '../../../../src/emulator/saved/codec.ts'
import { StatePath } from '../../../../src/emulator/saved/state-path.ts'

interface Jar {
  readonly jam: string
  readonly lid?: string
  readonly isOpen: boolean
}

const jar = c.object<Jar>({ jam: c.text, lid: c.optional(c.text), isOpen: c.transient(() => false) })
const at = new StatePath('shelf').member('jars').item(3)

describe('a shape', () => {
  it('has a codec for each member of its type, and no other', () => {
    // @ts-expect-error `jam` is missing
    c.object<Jar>({ lid: c.optional(c.text), isOpen: c.flag })
    // @ts-expect-error `spoon` is not a member
    c.object<Jar>({ jam: c.text, lid: c.optional(c.text), isOpen: c.flag, spoon: c.text })
    // @ts-expect-error `jam` is not a number
    c.object<Jar>({ jam: c.wholeNumber, lid: c.optional(c.text), isOpen: c.flag })
    // @ts-expect-error `lid` is optional
    c.object<Jar>({ jam: c.text, lid: c.text, isOpen: c.flag })
    expect(jar.write({ jam: 'plum', isOpen: true })).toEqual({ jam: 'plum' })
  })

  it('keeps the order of its members', () => {
    const read = jar.read({ lid: 'red', jam: 'plum' }, at)
    expect(Object.entries(read)).toEqual([
      ['jam', 'plum'],
      ['lid', 'red'],
      ['isOpen', false],
    ])
  })

  it.each<[unknown, typeof TypeError | typeof RangeError, string]>([
    [null, TypeError, '"shelf.jars[3]" must be an object, got null'],
    [[], TypeError, '"shelf.jars[3]" must be an object, got array'],
    [{}, TypeError, '"shelf.jars[3].jam" must be a string, got undefined'],
    [{ jam: 'plum', lid: null }, TypeError, '"shelf.jars[3].lid" must be a string, got null'],
    [{ jam: 'plum', isOpen: true }, RangeError, '"shelf.jars[3]" must not have a member "isOpen"'],
    [{ jam: 'plum', toString: 1 }, RangeError, '"shelf.jars[3]" must not have a member "toString"'],
    [Object.create({ jam: 'plum' }), TypeError, '"shelf.jars[3].jam" must be a string, got undefined'],
  ])('refuses %j', (json, kind, message) => {
    const read = () => jar.read(json, at)
    expect(read).toThrow(kind)
    expect(read).toThrow(message)
  })
})

describe('numbers', () => {
  it.each([0, 1, Number.MAX_SAFE_INTEGER])('are read: %d', (value) => {
    expect(c.wholeNumber.read(value, at)).toBe(value)
  })

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])('are refused: %d', (value) => {
    expect(() => c.wholeNumber.read(value, at)).toThrow(RangeError)
  })

  it.each(['1', null, undefined, true, {}])('are not: %j', (value) => {
    expect(() => c.wholeNumber.read(value, at)).toThrow(TypeError)
  })
})

describe('collections', () => {
  const table = c.tableOf(c.object<{ readonly id: string }>({ id: c.text }), ({ id }) => id)

  it('are written as lists, and keep their order', () => {
    const [set, map] = [c.setOf(c.text), c.mapOf(c.wholeNumber)]
    expect(set.write(new Set(['b', 'a']))).toEqual(['b', 'a'])
    expect([...set.read(['b', 'a'], at)]).toEqual(['b', 'a'])
    expect(map.write(new Map([['__proto__', 1]]))).toEqual([['__proto__', 1]])
    expect([...map.read([['__proto__', 1]], at)]).toEqual([['__proto__', 1]])
    expect([...table.read([{ id: 'b' }, { id: 'a' }], at).keys()]).toEqual(['b', 'a'])
  })

  it('name the path of an invalid value', () => {
    expect(() => c.setOf(c.text).read(['a', 1], at)).toThrow('"shelf.jars[3][1]" must be a string, got number')
    expect(() => c.mapOf(c.wholeNumber).read([['a', 'b']], at)).toThrow(
      '"shelf.jars[3][0][1]" must be a number, got string',
    )
    expect(() => c.mapOf(c.wholeNumber).read([['a']], at)).toThrow('"shelf.jars[3][0]" must have two items, got 1')
    expect(() => table.read([{ id: 'a' }, { id: 'a' }], at)).toThrow('"shelf.jars[3]" must not contain a key twice')
    expect(() => table.read({ length: 0 }, at)).toThrow('"shelf.jars[3]" must be an array, got object')
  })
})
