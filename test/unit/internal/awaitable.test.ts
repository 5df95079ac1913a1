import { describe, expect, expectTypeOf, it } from 'vitest'
import { type Awaitable, isPromise } from '../../../src/internal/awaitable.ts'

const thenable: PromiseLike<number> = {
  // biome-ignore lint/suspicious/noThenProperty: the tests are about objects with such a method
  then: (resolve, reject) => Promise.resolve(1).then(resolve, reject),
}

describe('isPromise', () => {
  it.each([
    ['a promise', Promise.resolve()],
    ['an object with a then method', thenable],
    ['a function with a then method', Object.assign(() => 1, thenable)],
  ])('accepts %s', (_, value) => {
    expect(isPromise<unknown>(value)).toBe(true)
  })

  it.each([[undefined], [null], [0], [''], ['then'], [{}], [() => 1], [JSON.parse('{"then":1}')], [new Uint8Array(1)]])(
    'refuses %o',
    (value) => {
      expect(isPromise<unknown>(value)).toBe(false)
    },
  )

  it('narrows the type', () => {
    const value = 1 as Awaitable<number>
    if (isPromise(value)) expectTypeOf(value).toExtend<PromiseLike<number>>()
    else expectTypeOf(value).toEqualTypeOf<number>()
  })
})
