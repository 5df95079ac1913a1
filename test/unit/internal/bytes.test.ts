import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { isBytes, toBase64, utf8 } from '../../../src/internal/bytes.ts'

describe('utf8', () => {
  it.each([
    ['', []],
    ['a', [0x61]],
    // The examples of https://en.wikipedia.org/wiki/UTF-8#Examples.
    ['£', [0xc2, 0xa3]],
    ['€', [0xe2, 0x82, 0xac]],
    ['\u{10348}', [0xf0, 0x90, 0x8d, 0x88]],
    // A lone surrogate becomes U+FFFD: https://encoding.spec.whatwg.org/#utf-8-encoder.
    ['\ud800', [0xef, 0xbf, 0xbd]],
  ])('encodes %j', (text, bytes) => {
    expect([...utf8(text)]).toEqual(bytes)
  })

  it('returns bytes as they are', () => {
    const bytes = Uint8Array.of(1, 2)
    expect(utf8(bytes)).toBe(bytes)
  })
})

describe('isBytes', () => {
  it.each([
    ['a Uint8Array', new Uint8Array(1)],
    ['an empty Uint8Array', new Uint8Array()],
    ['a Buffer', Buffer.from('a')],
    ['a Uint8Array of another realm', runInNewContext('new Uint8Array(1)')],
  ])('accepts %s', (_, value) => {
    expect(isBytes(value)).toBe(true)
  })

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'a'],
    ['an array', [1]],
    ['an ArrayBuffer', new ArrayBuffer(1)],
    ['a DataView', new DataView(new ArrayBuffer(1))],
    ['another typed array', new Uint16Array(1)],
    ['an object that names itself so', { [Symbol.toStringTag]: 'Uint8Array' }],
    // JSON.stringify(Buffer) gives such an object.
    ['a Buffer that went through JSON', JSON.parse(JSON.stringify(Buffer.from('a')))],
  ])('refuses %s', (_, value) => {
    expect(isBytes(value)).toBe(false)
  })
})

describe('toBase64', () => {
  // The vectors of https://www.rfc-editor.org/rfc/rfc4648#section-10.
  it.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('encodes %j', (text, base64) => {
    expect(toBase64(new TextEncoder().encode(text))).toBe(base64)
  })

  it('uses the standard alphabet, for bytes above 127 too', () => {
    expect(toBase64(Uint8Array.of(0xfb, 0xff, 0xbf))).toBe('+/+/')
  })
})
