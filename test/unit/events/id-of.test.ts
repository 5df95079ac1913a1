import { describe, expect, it } from 'vitest'
import { idOf } from '../../../src/events/id-of.ts'

describe('idOf', () => {
  it.each([
    {
      of: 'id_str before a rounded id',
      object: JSON.parse('{"id":1207610954160037890,"id_str":"1207610954160037891"}'),
      id: '1207610954160037891',
    },
    { of: 'a string id', object: { id: '1207610954160037891' }, id: '1207610954160037891' },
    { of: 'a small number', object: { id: 12 }, id: '12' },
    { of: 'zero', object: { id: 0 }, id: '0' },
    { of: 'the largest number that is exact', object: { id: 9007199254740991 }, id: '9007199254740991' },
    { of: 'the smallest number that JSON may have rounded', object: { id: 2 ** 53 }, id: undefined },
    { of: 'a fraction', object: { id: 1.5 }, id: undefined },
    { of: 'NaN', object: { id: Number.NaN }, id: undefined },
    { of: 'Infinity', object: { id: Number.POSITIVE_INFINITY }, id: undefined },
    { of: 'empty strings', object: { id: '', id_str: '' }, id: undefined },
    { of: 'an id_str that is not a string', object: { id: '7', id_str: 8 }, id: '7' },
    { of: 'null in both', object: { id: null, id_str: null }, id: undefined },
    { of: 'an empty object', object: {}, id: undefined },
    { of: 'null', object: null, id: undefined },
    { of: 'undefined', object: undefined, id: undefined },
  ])('reads $id from $of', ({ object, id }) => {
    expect(idOf(object)).toBe(id)
  })
})
