import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createReceiver, type RequestHeaders } from 'x-account-activity/receiver'
import { followBody, secret, signatureOf } from '../../../support/x-request.ts'

const body = followBody()
const signature = signatureOf(body)
const name = 'x-twitter-webhooks-signature'
const length = new TextEncoder().encode(body).length

/** `Headers` of another implementation: by its own class, and without any of the methods but `get`. */
class OtherHeaders {
  readonly #values: Readonly<Record<string, string>>
  constructor(values: Readonly<Record<string, string>>) {
    this.#values = values
  }
  get(header: string): string | null {
    return this.#values[header.toLowerCase()] ?? null
  }
}

/** Headers without an index of lower-case names. */
class ExactHeaders {
  readonly #entry: readonly [string, string]
  constructor(...entry: [string, string]) {
    this.#entry = entry
  }
  get(header: string): string | undefined {
    return this.#entry[0] === header ? this.#entry[1] : undefined
  }
  *[Symbol.iterator]() {
    yield this.#entry
  }
}

const exactGet = {
  get(this: Readonly<Record<string, unknown>>, header: string): unknown {
    return this[header]
  },
}

async function statusOf(headers: unknown, method = 'POST'): Promise<number> {
  const receiver = createReceiver({ consumerSecret: secret, onError: () => {} })
  return (await receiver.handle({ method, url: '/', headers: headers as RequestHeaders, body })).status
}

describe('headers', () => {
  it.each([
    ['Headers', new Headers({ [name]: signature })],
    ['Headers of another implementation', new OtherHeaders({ [name]: signature })],
    ['the headers of Node.js', { host: 'app.example', [name]: signature }],
    ['names in another case', { 'X-Twitter-Webhooks-Signature': signature }],
    ['a list of one value', { [name]: [signature] }],
    ['an object without a prototype', Object.assign(Object.create(null), { [name]: signature })],
    ['a header that is called get', { get: 'a', [name]: signature }],
    ['a Map', new Map([[name, signature]])],
    ['a Map with names in another case', new Map([['X-Twitter-Webhooks-Signature', signature]])],
    [
      'a Map of another realm',
      runInNewContext('new Map([[name, value]])', { name: 'X-Twitter-Webhooks-Signature', value: signature }),
    ],
    [
      'names and values in another case, found by their exact names only',
      new ExactHeaders('X-Twitter-Webhooks-Signature', signature),
    ],
    [
      'an object with a method get that finds exact names only',
      Object.assign(Object.create(exactGet), { 'X-Twitter-Webhooks-Signature': signature }),
    ],
    ['a list of names and values', [['X-Twitter-Webhooks-Signature', signature]]],
    ['rawHeaders of Node.js', ['Host', 'app.example', 'X-Twitter-Webhooks-Signature', signature]],
    ['a length that is a number', { [name]: signature, 'content-length': length }],
    ['a length that is null', { [name]: signature, 'content-length': null }],
    ['values that cannot be headers', { [name]: signature, a: undefined, b: {}, c: true, d: () => {}, e: Symbol('e') }],
  ])('are read as %s', async (_, headers) => {
    expect(await statusOf(headers)).toBe(200)
  })

  it.each([
    ['no headers', {}],
    ['an empty list', []],
    ['a number', { [name]: 1 }],
    ['null', { [name]: null }],
    ['an object', { [name]: { value: signature } }],
    ['a boolean', { [name]: true }],
    ['two signatures', { [name]: [signature, signature] }],
    ['two signatures under two names', { [name.toUpperCase()]: signature, [`${name.slice(0, -1)}E`]: signature }],
    ['two signatures in rawHeaders', [name, signature, name, signature]],
    ['a list that breaks off', [name]],
    ['an inherited header', Object.create({ [name]: signature })],
    ['another header', new OtherHeaders({ [`${name}2`]: signature })],
  ])('with %s carry no signature', async (_, headers) => {
    expect(await statusOf(headers)).toBe(401)
  })

  it.each([
    ['a number', 2_000_000],
    ['a text', '2000000'],
    ['a list', ['2000000']],
  ])('announce a body that is too large by %s', async (_, announced) => {
    const receiver = createReceiver({ consumerSecret: secret, onError: () => {} })
    const pieces = (async function* () {
      yield new TextEncoder().encode(body)
    })()
    const headers = { [name]: signature, 'content-length': announced as string }
    expect((await receiver.handle({ method: 'POST', url: '/', headers, body: pieces })).status).toBe(413)
  })

  it.each([undefined, null, 'a', 1, true])('may not be %j', async (headers) => {
    await expect(statusOf(headers)).rejects.toThrow('"request.headers" must be an object')
  })
})
