import { timingSafeEqual as areEqualBytes, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** What each variant of `#hmac` exports. */
interface HmacModule<Key> {
  readonly prepareHmacKey: (key: string) => Key
  readonly hmacSha1: (key: string, message: string | Uint8Array) => string
  readonly hmacSha256: (key: string, message: string | Uint8Array) => string
  readonly hmacSha256Prepared: (key: Key, message: string | Uint8Array) => string
  readonly timingSafeEqual: (a: string, b: string) => boolean
}

/** Test case 2 of https://www.rfc-editor.org/rfc/rfc2202 (section 3) and https://www.rfc-editor.org/rfc/rfc4231 (4.3). */
const jefe = { key: 'Jefe', message: 'what do ya want for nothing?' }

/** Tests one variant of `#hmac`. */
export function describeHmac<Key>(hmac: HmacModule<Key>): void {
  describe('hmacSha1, hmacSha256 and hmacSha256Prepared', () => hmacCases(hmac))
  describe('timingSafeEqual', () => timingSafeEqualCases(hmac))
}

function hmacCases<Key>({ hmacSha1, hmacSha256, hmacSha256Prepared, prepareHmacKey }: HmacModule<Key>): void {
  it('passes the vectors of RFC 2202 and RFC 4231', () => {
    expect(hmacSha1(jefe.key, jefe.message)).toBe(base64('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'))
    expect(hmacSha256(jefe.key, jefe.message)).toBe(
      base64('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'),
    )
  })

  it.each([
    // https://github.com/xdevplatform/autohook/blob/eac07b9c0bdb8fe3fad375ce5349b0c4c6d1e128/test/signature.js
    ['test', 'test=1&other_test=2', '25Cu3iwbbiqBTwQRzcKJZwisjf736V2Q8UaTlkfLSoc='],
    ['test', '{"test_number":1,"test_string":"two"}', 'YWHphPn/JFq43jkF0y4/w8R/SelmLjvpunhVFY8JhlI='],
    // Printed by `printf challenge_string | openssl dgst -sha256 -hmac client-secret -binary | base64`.
    ['client-secret', 'challenge_string', 'bACRGErecWu2jj2NpzrZglSUmdYwRiKKEr4qwY8EfB0='],
  ])('passes the vector with the key %s and the text %s', (key, message, expected) => {
    expect(hmacSha256(key, message)).toBe(expected)
    expect(hmacSha256(key, new TextEncoder().encode(message))).toBe(expected)
  })

  it('does not mix up keys that alternate, and takes an empty key', () => {
    // Printed by `printf '' | openssl dgst -sha256 -hmac ''`.
    const empty = base64('b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad')
    const jefes = hmacSha256(jefe.key, jefe.message)
    expect(hmacSha256('', '')).toBe(empty)
    expect(hmacSha256(jefe.key, jefe.message)).toBe(jefes)
    expect(hmacSha256('', '')).toBe(empty)
  })

  it('gives the same result with a prepared key, while other keys are in use', () => {
    const keys = ['test', 'client-secret'].map((key) => prepareHmacKey(key))
    for (const _round of [1, 2]) {
      expect(keys.map((key) => hmacSha256Prepared(key, 'challenge_string'))).toEqual([
        hmacSha256('test', 'challenge_string'),
        'bACRGErecWu2jj2NpzrZglSUmdYwRiKKEr4qwY8EfB0=',
      ])
    }
  })

  it.each([0, 1, 63, 64, 65, 16_383, 16_384, 16_385, 100_000])(
    'gives the result of node:crypto with prepared keys, for messages of %i characters',
    (length) => {
      const keys = ['', 'k', 'k'.repeat(63), 'k'.repeat(64), 'k'.repeat(65), 'ключ'.repeat(9), '\ud800']
      const texts = ['a'.repeat(length), '☕'.repeat(length), '\ud800'.repeat(length)]
      for (const key of keys) {
        const prepared = prepareHmacKey(key)
        for (const text of texts) {
          const expected = createHmac('sha256', key).update(text).digest('base64')
          expect(hmacSha256Prepared(prepared, text)).toBe(expected)
          expect(hmacSha256Prepared(prepared, Buffer.from(text))).toBe(expected)
        }
      }
    },
  )

  it('reads a text as its UTF-8 bytes', () => {
    expect(hmacSha256('schlüssel', 'naïve ☕ 🎉')).toBe(
      hmacSha256('schlüssel', new TextEncoder().encode('naïve ☕ 🎉')),
    )
    // Printed by `printf 'naïve ☕ 🎉' | openssl dgst -sha256 -hmac schlüssel -binary | base64`.
    expect(hmacSha256('schlüssel', 'naïve ☕ 🎉')).toBe('WPCXFUUv2wYGjb3qrsG0+0yAvqQLXFMlDhi/ivuOnTs=')
  })
}

function timingSafeEqualCases<Key>({ timingSafeEqual }: HmacModule<Key>): void {
  it.each([
    ['', '', true],
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'Abc', false],
    ['abc', 'ab', false],
    ['abc', 'abcd', false],
    ['', 'a', false],
    ['é', 'e', false],
    // Both have the low byte 0x41, which is all that Latin-1 keeps.
    ['Ł', 'A', false],
    ['\u0000', '', false],
    // UTF-8 writes each lone surrogate as U+FFFD.
    ['\ud800', '\udc00', false],
  ])('compares %j with %j', (a, b, isEqual) => {
    expect(timingSafeEqual(a, b)).toBe(isEqual)
  })

  it('compares digests of 44 characters, with nothing left over from the comparison before', () => {
    const digest = 'S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk='
    expect(timingSafeEqual(digest, digest)).toBe(true)
    for (const index of digest.split('').keys()) {
      // Its low byte is that of the character that it replaces.
      const wide = String.fromCharCode(digest.charCodeAt(index) + 0x100)
      const other = digest.slice(0, index) + wide + digest.slice(index + 1)
      expect([timingSafeEqual(digest, other), timingSafeEqual(other, digest)]).toEqual([false, false])
    }
    expect(timingSafeEqual(digest, `${digest.slice(1)}=`)).toBe(false)
    expect(timingSafeEqual(digest, digest)).toBe(true)
  })

  it('gives the result of node:crypto', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 64 })
    fc.assert(
      fc.property(text, text, fc.boolean(), (a, other, same) => {
        const b = same ? `${a}` : other
        const [left, right] = [Buffer.from(a), Buffer.from(b)]
        expect(timingSafeEqual(a, b)).toBe(left.length === right.length && areEqualBytes(left, right))
      }),
    )
  })
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}
