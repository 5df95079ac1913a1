import { describe, expect, it } from 'vitest'
import { verifySignature } from 'x-account-activity/webhook'

const body = '{"for_user_id":"2244994945","follow_events":[]}'
// Printed by `printf '%s' "$body" | openssl dgst -sha256 -hmac consumer-secret -binary | base64`.
const signature = 'sha256=hbnk9KfP6HMZYlRvN1bQQ62z6zAyI3oqWMeXXAoQztY='
const secret = 'consumer-secret'

describe('verifySignature', () => {
  it('accepts what X signed, as text and as bytes', () => {
    expect(verifySignature({ body, signature, secret })).toBe(true)
    expect(verifySignature({ body: new TextEncoder().encode(body), signature, secret })).toBe(true)
    expect(verifySignature({ body: Buffer.from(body), signature, secret })).toBe(true)
  })

  it('accepts each of several secrets', () => {
    expect(verifySignature({ body, signature, secret: ['next-secret', secret] })).toBe(true)
    expect(verifySignature({ body, signature, secret: ['next-secret', 'last-secret'] })).toBe(false)
  })

  it.each([
    ['a body with one character more', { body: `${body} ` }],
    ['a body that was parsed and serialized again', { body: JSON.stringify(JSON.parse(body), null, 1) }],
    ['an empty body', { body: '' }],
    ['no body', { body: undefined }],
    ['null as the body', { body: null }],
    ['another secret', { secret: 'Consumer-secret' }],
  ])('returns false for %s', (_, change) => {
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
  ])('returns false for the header %j', (header) => {
    expect(verifySignature({ body, signature: header as never, secret })).toBe(false)
  })

  it.each([
    ['a parsed body', { body: JSON.parse(body) }, TypeError],
    ['a number as the body', { body: 1 }, TypeError],
    ['an ArrayBuffer', { body: new ArrayBuffer(1) }, TypeError],
    ['no secret', { secret: undefined }, TypeError],
    ['a secret that is a number', { secret: 1 }, TypeError],
    ['an empty secret', { secret: '' }, RangeError],
    ['a secret with a line break', { secret: 'consumer-secret\n' }, RangeError],
    ['no secrets', { secret: [] }, RangeError],
    ['an empty secret among others', { secret: [secret, ''] }, RangeError],
    ['undefined among secrets', { secret: [secret, undefined] }, TypeError],
  ])('throws on %s, with and without a signature', (_, change, type) => {
    for (const header of [signature, undefined]) {
      expect(() => verifySignature({ body, signature: header, secret, ...(change as object) })).toThrow(type)
    }
  })

  it('says what to pass instead of a parsed body', () => {
    const parsed = { body: JSON.parse(body), signature, secret }
    expect(() => verifySignature(parsed)).toThrow(
      /^"body" must be a string or a Uint8Array of the raw bytes, got object\. Did a body parser read the body first\? Pass the bytes as they were received: use express\.raw/,
    )
  })

  it('throws without an input', () => {
    expect(() => verifySignature(undefined as never)).toThrow(new TypeError('"input" must be an object, got undefined'))
  })
})
