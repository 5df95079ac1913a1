import { describe, expect, test } from 'vitest'
import { type OAuth1Form, signOAuth1 } from '../../../src/auth/oauth1.ts'

// The request and its signature: https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
const url = 'https://api.x.com/1.1/statuses/update.json?include_entities=true'
const status = 'Hello Ladies + Gentlemen, a signed OAuth request!'
const credentials = {
  consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
  consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
  accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
  accessTokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
}
const options = { nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg', timestamp: 1318622958 }
const sign = (form: unknown, at = url) =>
  signOAuth1({ method: 'POST', url: at, form: form as OAuth1Form }, credentials, options)
const signature = (header: string) => decodeURIComponent(/oauth_signature="([^"]+)"/.exec(header)?.[1] ?? '')

describe('a form', () => {
  test.each<readonly [string, OAuth1Form]>([
    ['an object', { status }],
    ['an object without a prototype', Object.assign(Object.create(null), { status })],
    ['a URLSearchParams', new URLSearchParams({ status })],
    ['a Map', new Map([['status', status]])],
    ['entries', [['status', status]]],
    ['an iterator', Object.entries({ status }).values()],
  ])('is signed as what it holds: %s', (_, form) => {
    expect(signature(sign(form))).toBe('Ls93hJiZbQ3akF3HF3x1Bz8/zU4=')
  })

  test('with a repeated parameter is signed the same in each form', () => {
    const expected = sign({ a: ['1', '2'], b: '3' })
    expect(sign(new URLSearchParams('a=1&b=3&a=2'))).toBe(expected)
    expect(
      sign(
        new Map<string, string | string[]>([
          ['a', ['1', '2']],
          ['b', '3'],
        ]),
      ),
    ).toBe(expected)
    expect(
      sign([
        ['a', '1'],
        ['b', '3'],
        ['a', '2'],
      ]),
    ).toBe(expected)
  })

  test.each<readonly [string, unknown]>([
    ['FormData, which is sent as multipart/form-data', new FormData()],
    ['a string', 'status=1'],
    ['an array of strings', ['status']],
    ['entries with three parts', [['a', 'b', 'c']]],
    ['entries with a number', [['a', 1]]],
    ['a Set', new Set(['a'])],
    ['null', null],
  ])('is refused: %s', (_, form) => {
    expect(() => sign(form)).toThrow(TypeError)
  })
})

describe('a query', () => {
  test.each(['?a=%FF', '?a=%C3', '?%E2%82=1', '?a=%EF%BF%BD&b=%80'])(
    'with bytes that are not UTF-8 is refused: %s',
    (query) => {
      expect(() => sign(undefined, `https://api.x.com/a${query}`)).toThrow(
        new RangeError('"url" must have a query of UTF-8 text'),
      )
    },
  )

  test.each(['?a=%C3%BC', '?a=%EF%BF%BD', '?a=\uFFFD', '?a=100%', '?a=%zz', '?a=ü'])(
    'of UTF-8 is signed: %s',
    (query) => {
      expect(() => sign(undefined, `https://api.x.com/a${query}`)).not.toThrow()
    },
  )
})

describe('a timestamp', () => {
  const at = (timestamp: number) => signOAuth1({ method: 'GET', url }, credentials, { ...options, timestamp })

  test.each([1_318_622_958_000, 100_000_000_000])('in milliseconds is refused: %s', (timestamp) => {
    expect(() => at(timestamp)).toThrow(RangeError)
  })

  test.each([0, 1, 99_999_999_999])('in seconds is signed: %s', (timestamp) => {
    expect(at(timestamp)).toContain(`oauth_timestamp="${timestamp}"`)
  })
})
