import { describe, expect, it } from 'vitest'
import { answerCrc, signBody, verifySignature } from 'x-account-activity/webhook'

/** Vectors that X's own tools and public clients test themselves with; see docs/guides/crc-and-signature.md. */
const body = '{"for_user_id":"2244994945","follow_events":[]}'
const signature = 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY='
const secret = 'consumer-secret'

describe('answerCrc', () => {
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
  ])('answers %s, which looks like a token of X', (token) => {
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
    ['a blank', 'a b'],
    ['a blank at the end', 'abc '],
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

  it.each([undefined, null, 1, ['challenge'], {}, new String('challenge')])('refuses %j for a token', (token) => {
    expect(() => answerCrc(token as never, secret)).toThrow(TypeError)
  })
})

describe('signBody', () => {
  it('signs as X does', () => {
    expect(signBody(body, secret)).toBe(signature)
    expect(signBody(new TextEncoder().encode(body), secret)).toBe(signature)
    expect(signBody(body, 'client-secret')).toBe('sha256=5Bg4ljGblYRlSUh1r3Q/d52TsG7GmNV53cCzrrquwcw=')
  })
})

describe('verifySignature', () => {
  it('accepts what X signed, as text and as bytes', () => {
    expect(verifySignature({ body, signature, secret })).toBe(true)
    expect(verifySignature({ body: new TextEncoder().encode(body), signature, secret })).toBe(true)
    expect(verifySignature({ body: Buffer.from(body), signature, secret })).toBe(true)
  })

  it('accepts any of the secrets while one is being rotated', () => {
    expect(verifySignature({ body, signature, secret: ['next-secret', secret] })).toBe(true)
    expect(verifySignature({ body, signature, secret: ['next-secret', 'last-secret'] })).toBe(false)
  })

  it.each([
    ['a body with one character more', { body: `${body} ` }],
    ['a body that was parsed and written again', { body: JSON.stringify(JSON.parse(body), null, 1) }],
    ['an empty body', { body: '' }],
    ['another secret', { secret: 'Consumer-secret' }],
  ])('refuses %s', (_, change) => {
    expect(verifySignature({ body, signature, secret, ...change })).toBe(false)
  })

  it.each([
    undefined,
    null,
    '',
    'sha256=',
    signature.slice(7),
    signature.replace('sha256', 'sha1'),
    signature.replace('sha256', 'SHA256'),
    signature.slice(0, -1),
    `${signature}=`,
    `${signature} `,
    ` ${signature}`,
    signature.replace('Y=', 'Z='),
    signature.toLowerCase(),
    'sha256=undefined',
    `sha256=${'A'.repeat(43)}=`,
    `sha256=${'é'.repeat(44)}`,
    `${signature},${signature}`,
    'x'.repeat(1_000_000),
    1,
    {},
    [signature],
  ])('refuses the header %j without an exception', (header) => {
    expect(verifySignature({ body, signature: header as never, secret })).toBe(false)
  })

  it.each([
    ['a parsed body', { body: JSON.parse(body) }, TypeError],
    ['no body', { body: undefined }, TypeError],
    ['an ArrayBuffer', { body: new ArrayBuffer(1) }, TypeError],
    ['no secret', { secret: undefined }, TypeError],
    ['a secret that is a number', { secret: 1 }, TypeError],
    ['an empty secret', { secret: '' }, RangeError],
    ['a secret with a line break', { secret: 'consumer-secret\n' }, RangeError],
    ['no secrets', { secret: [] }, RangeError],
    ['an empty secret among others', { secret: [secret, ''] }, RangeError],
    ['undefined among secrets', { secret: [secret, undefined] }, TypeError],
  ])('throws on %s, even where there is no signature', (_, change, type) => {
    for (const header of [signature, undefined]) {
      expect(() => verifySignature({ body, signature: header, secret, ...(change as object) })).toThrow(type)
    }
  })

  it('throws when it is given nothing', () => {
    expect(() => verifySignature(undefined as never)).toThrow(TypeError)
  })
})
