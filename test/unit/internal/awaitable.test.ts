import { describe, expect, expectTypeOf, it } from 'vitest'
import { type Awaitable, andThen, attempt, isPromise } from '../../../src/internal/awaitable.ts'

/** A promise of somebody else's making. */
const thenable = <T>(value: T): PromiseLike<T> => ({
  // biome-ignore lint/suspicious/noThenProperty: it is what this is about
  then: (resolve, reject) => Promise.resolve(value).then(resolve, reject),
})

describe('andThen', () => {
  it('goes on at once with a value that is there', () => {
    expect(andThen(20, (value) => value + 1)).toBe(21)
  })

  it.each([
    ['a promise', Promise.resolve(20)],
    ['anything with a then', thenable(20)],
  ])('goes on later with %s', async (_, value) => {
    const result = andThen<number, number>(value, (number) => number + 1)
    expect(result).toBeInstanceOf(Promise)
    expect(await result).toBe(21)
  })

  it('lets errors through, thrown or rejected', async () => {
    const fail = () => {
      throw new RangeError('no')
    }
    expect(() => andThen(1, fail)).toThrow(RangeError)
    await expect(andThen(Promise.resolve(1), fail)).rejects.toThrow(RangeError)
    await expect(andThen(Promise.reject(new TypeError('no')), () => 1)).rejects.toThrow(TypeError)
  })
})

describe('attempt', () => {
  const fail = (error: unknown) => (error instanceof Error ? error.message : 'no error')

  it('is what the act comes to', async () => {
    expect(attempt(() => 'done', fail)).toBe('done')
    expect(await attempt(() => Promise.resolve('done'), fail)).toBe('done')
  })

  it('is what is made of an error, at once where it is thrown', async () => {
    const thrown = attempt((): string => {
      throw new Error('thrown')
    }, fail)
    expect(thrown).toBe('thrown')
    expect(await attempt(() => Promise.reject(new Error('rejected')), fail)).toBe('rejected')
    expect(await attempt(() => Promise.reject(undefined), fail)).toBe('no error')
  })
})

describe('isPromise', () => {
  const callable = Object.assign(() => 1, thenable(1))
  it.each([[Promise.resolve()], [thenable(1)], [callable]])('is so of what has a then: %o', (value) => {
    expect(isPromise<unknown>(value)).toBe(true)
  })

  it.each([[undefined], [null], [0], [''], ['then'], [{}], [() => 1], [JSON.parse('{"then":1}')], [new Uint8Array(1)]])(
    'is not so of %o',
    (value) => {
      expect(isPromise<unknown>(value)).toBe(false)
    },
  )

  it('narrows', () => {
    const value = 1 as Awaitable<number>
    if (isPromise(value)) expectTypeOf(value).toExtend<PromiseLike<number>>()
    else expectTypeOf(value).toEqualTypeOf<number>()
  })
})
