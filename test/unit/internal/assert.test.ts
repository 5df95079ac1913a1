import { describe, expect, it } from 'vitest'
import {
  assertBody,
  assertBoolean,
  assertFunction,
  assertId,
  assertInteger,
  assertMethods,
  assertObject,
  assertOneOf,
  assertSecret,
  assertText,
  kindOf,
} from '../../../src/internal/assert.ts'

describe('kindOf', () => {
  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [[], 'array'],
    [{}, 'object'],
    ['a', 'string'],
    [Number.NaN, 'number'],
    [1n, 'bigint'],
    [Symbol('a'), 'symbol'],
    [() => {}, 'function'],
  ])('names the type of %o', (value, kind) => {
    expect(kindOf(value)).toBe(kind)
  })
})

describe('assertText and assertSecret', () => {
  it('accept a text', () => {
    expect(() => assertText(' a ', 'name')).not.toThrow()
    expect(() => assertSecret('a b', 'secret')).not.toThrow()
  })

  it.each([
    [undefined, new TypeError('"secret" must be a string, got undefined')],
    [new String('a'), new TypeError('"secret" must be a string, got object')],
    ['', new RangeError('"secret" must not be empty')],
  ])('refuse %o', (value, error) => {
    expect(() => assertText(value, 'secret')).toThrow(error)
    expect(() => assertSecret(value, 'secret')).toThrow(error)
  })

  it.each([' abc', 'abc ', 'abc\n', '\tabc', '\u00a0abc'])(
    'assertSecret refuses %j, and does not quote it',
    (value) => {
      expect(() => assertSecret(value, 'secret')).toThrow(
        new RangeError('"secret" must not begin or end with white space'),
      )
    },
  )
})

describe('assertObject and assertFunction', () => {
  it('accept an object and a function', () => {
    expect(() => assertObject({}, 'options')).not.toThrow()
    expect(() => assertFunction(() => {}, 'handler')).not.toThrow()
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [[], 'array'],
    ['a', 'string'],
  ])('refuse %j', (value, kind) => {
    expect(() => assertObject(value, 'options')).toThrow(new TypeError(`"options" must be an object, got ${kind}`))
    expect(() => assertFunction(value, 'handler')).toThrow(new TypeError(`"handler" must be a function, got ${kind}`))
  })
})

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
  ])('refuses %j', (value, kind) => {
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

describe('assertOneOf', () => {
  it('accepts one of the values', () => {
    expect(() => assertOneOf('account', ['none', 'account'], 'order')).not.toThrow()
  })

  it.each([
    [undefined, new TypeError(`"order" must be 'none' or 'account', got undefined`)],
    [1, new TypeError(`"order" must be 'none' or 'account', got number`)],
    ['', new RangeError(`"order" must be 'none' or 'account'`)],
    ['None', new RangeError(`"order" must be 'none' or 'account'`)],
    ['toString', new RangeError(`"order" must be 'none' or 'account'`)],
  ])('refuses %j', (value, error) => {
    expect(() => assertOneOf(value, ['none', 'account'], 'order')).toThrow(error)
  })
})

describe('assertInteger', () => {
  it.each([1, 2, 10])('accepts %d from 1 to 10', (value) => {
    expect(() => assertInteger(value, 'workers', { min: 1, max: 10 })).not.toThrow()
  })

  it.each([0, -0, Number.MAX_SAFE_INTEGER])('accepts %d without limits', (value) => {
    expect(() => assertInteger(value, 'workers')).not.toThrow()
  })

  it.each([0, 11, 1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2 ** 53])(
    'refuses %d from 1 to 10',
    (value) => {
      expect(() => assertInteger(value, 'workers', { min: 1, max: 10 })).toThrow(
        new RangeError(`"workers" must be an integer from 1 to 10, got ${value}`),
      )
    },
  )

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['1', 'string'],
    [1n, 'bigint'],
    [[1], 'array'],
  ])('refuses %o', (value, kind) => {
    expect(() => assertInteger(value, 'workers')).toThrow(new TypeError(`"workers" must be a number, got ${kind}`))
  })
})

describe('assertId', () => {
  it.each(['0', '1146654567674912769', '9'.repeat(19)])('accepts %s', (value) => {
    expect(() => assertId(value, 'webhookId')).not.toThrow()
  })

  it.each(['9'.repeat(20), '-1', '1.5', '1e3', ' 1', '1\n', '0x1', '١'])('refuses %j', (value) => {
    expect(() => assertId(value, 'webhookId')).toThrow(new RangeError('"webhookId" must be an id of 1 to 19 digits'))
  })

  it('refuses a number, which has lost digits', () => {
    expect(() => assertId(1, 'webhookId')).toThrow(new TypeError('"webhookId" must be a string, got number'))
  })
})

describe('assertBody', () => {
  it.each([
    ['a text', 'a'],
    ['an empty text', ''],
    ['bytes', new Uint8Array()],
    ['a Buffer', Buffer.from('a')],
  ])('accepts %s', (_, value) => {
    expect(() => assertBody(value, 'body')).not.toThrow()
  })

  it.each([
    [{ for_user_id: '1' }, 'object'],
    [[], 'array'],
  ])('refuses %j, and names body parsers', (value, kind) => {
    expect(() => assertBody(value, 'body')).toThrow(
      new TypeError(
        `"body" must be a string or a Uint8Array of the raw bytes, got ${kind}. Did a body parser read the body first? Pass the bytes as they were received: use express.raw, or keep them in the "verify" option of express.json, or use req.rawBody with "rawBody: true" in NestJS.`,
      ),
    )
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [1, 'number'],
  ])('refuses %j', (value, kind) => {
    expect(() => assertBody(value, 'body')).toThrow(
      new TypeError(`"body" must be a string or a Uint8Array of the raw bytes, got ${kind}`),
    )
  })
})
