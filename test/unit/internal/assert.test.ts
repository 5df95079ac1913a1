import { describe, expect, it } from 'vitest'
import { assertBoolean, assertMethods } from '../../../src/internal/assert.ts'

describe('assertBoolean', () => {
  it.each([true, false])('accepts %j', (value) => {
    expect(() => assertBoolean(value, 'prune')).not.toThrow()
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['true', 'string'],
    [0, 'number'],
    [[], 'array'],
  ])('refuses %j, and names its type', (value, kind) => {
    expect(() => assertBoolean(value, 'prune')).toThrow(new TypeError(`"prune" must be a boolean, got ${kind}`))
  })
})

describe('assertMethods', () => {
  class Store {
    get() {}
    set() {}
  }

  it('accepts methods of the object and of its class', () => {
    expect(() => assertMethods(new Store(), 'store', ['get', 'set'])).not.toThrow()
    expect(() => assertMethods({ get() {} }, 'store', ['get'])).not.toThrow()
  })

  it.each([
    [undefined, '"store" must be an object, got undefined'],
    [null, '"store" must be an object, got null'],
    [() => {}, '"store" must be an object, got function'],
    [{}, '"store.get" must be a function, got undefined'],
    [{ get() {}, set: 1 }, '"store.set" must be a function, got number'],
  ])('refuses %j', (value, message) => {
    expect(() => assertMethods(value as Store, 'store', ['get', 'set'])).toThrow(new TypeError(message))
  })
})
