import { describe, expect, it } from 'vitest'
import { answerCrc } from 'x-account-activity/webhook'

const secret = 'consumer-secret'
const body = '{"for_user_id":"2244994945","follow_events":[]}'

describe('answerCrc', () => {
  // Printed by `printf '%s' <token> | openssl dgst -sha256 -hmac <secret> -binary | base64`.
  it.each([
    ['challenge_string', 'consumer-secret', 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk='],
    ['challenge_string', 'client-secret', 'sha256=bACRGErecWu2jj2NpzrZglSUmdYwRiKKEr4qwY8EfB0='],
    ['challenge', 'secret', 'sha256=oeUF6Wxqoezggrue+wbIDxKRPSF6esKwizR2MHh9HaA='],
    [
      '9b4507b3-9040-4669-9ca3-6b94edb50553',
      'z3ZX4v7mAAUGykl3EcmkqbartmuW8VFOOzCloLx9Q45P0hLrFu',
      'sha256=Cytd4Sq+NvEcV3MMrXxWJGJx5A+y/lXzzU2Maartkx8=',
    ],
  ])('answers the token %s', (token, key, expected) => {
    expect(answerCrc(token, key)).toEqual({ response_token: expected })
  })

  it.each([
    'foo',
    'a',
    '-',
    'ZWMwODA2ZjQtMjU2NC00MGRlLWI5OGUtZDkwYjMxMTdiY2Fl',
    'YQ==',
    'YWE=',
    'a+b/c',
    'a:b.c~d',
    'x'.repeat(256),
  ])('answers %s, which has the form of a token of X', (token) => {
    expect(answerCrc(token, secret).response_token).toMatch(/^sha256=[A-Za-z0-9+/]{43}=$/)
  })

  it.each([
    ['nothing', ''],
    ['JSON', body],
    ['a JSON array', '[]'],
    ['a number in braces', '{1}'],
    ['a form', 'a=b&c=d'],
    ['a parameter', 'a=b'],
    ['the query that X signs', 'crc_token=a&nonce=b'],
    ['padding alone', '=='],
    ['three signs of padding', 'abc==='],
    ['a space', 'a b'],
    ['a space at the end', 'abc '],
    ['a line break at the end', 'abc\n'],
    ['a NUL', 'abc\0'],
    ['a quotation mark', '"abc"'],
    ['a letter that is not ASCII', 'abcé'],
    ['an emoji', '🎉'],
    ['a percent sign', 'a%20b'],
    ['257 characters', 'x'.repeat(257)],
    ['a megabyte', 'x'.repeat(1_000_000)],
  ])('refuses to sign %s', (_, token) => {
    expect(() => answerCrc(token, secret)).toThrow(
      expect.objectContaining({ name: 'VerificationError', code: 'verification', reason: 'crc_token_refused' }),
    )
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [1, 'number'],
    [['challenge'], 'array'],
    [{}, 'object'],
    [new String('challenge'), 'object'],
  ])('throws on the token %j', (token, kind) => {
    expect(() => answerCrc(token as never, secret)).toThrow(new TypeError(`"crcToken" must be a string, got ${kind}`))
  })

  it.each([
    [undefined, new TypeError('"secret" must be a string, got undefined')],
    ['', new RangeError('"secret" must not be empty')],
    ['secret\n', new RangeError('"secret" must not begin or end with white space')],
  ])('throws on the secret %j', (key, error) => {
    expect(() => answerCrc('challenge', key as never)).toThrow(error)
  })
})
