import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from '../../../src/http/redact.ts'

describe('redact', () => {
  const token = 'AAAA/bt+5R=%2B'
  test.each([
    ['as it is', 'AAAA/bt+5R=%2B'],
    ['decoded', 'AAAA/bt+5R=+'],
    ['percent-encoded', 'AAAA%2Fbt%2B5R%3D%252B'],
    ['percent-encoded in lower case', 'AAAA%2fbt%2b5R%3d%2b'],
    ['with slashes escaped', 'AAAA\\/bt+5R=+'],
    ['escaped as in JSON', 'AAAA\\u002Fbt\\u002b5R\\u003d\\u002B'],
  ])('finds a secret %s', (_, written) => {
    expect(redact(`<${written}> and ${written}`, [token])).toBe('<[redacted]> and [redacted]')
  })

  test('redacts the longer of two overlapping secrets', () => {
    expect(redact('Bearer abcd', ['abcd', 'Bearer abcd'])).toBe('[redacted]')
  })

  test('does not change a text without secrets', () => {
    expect(redact('nothing to see', [])).toBe('nothing to see')
    expect(redact('nothing to see', ['', 'see', 'other'])).toBe('nothing to see')
  })

  test('finds a secret of any characters', () => {
    const secret = fc.string({ minLength: 4, maxLength: 20, unit: 'binary' })
    fc.assert(
      fc.property(secret, (text) => {
        for (const written of [text, JSON.stringify(text).slice(1, -1)]) {
          expect(redact(`(((${written})))`, [text])).toBe('((([redacted])))')
        }
      }),
    )
  })

  test('finds a percent-encoded secret of any characters', () => {
    const secret = fc.string({ minLength: 4, maxLength: 20, unit: 'grapheme' }).filter((text) => text.isWellFormed())
    fc.assert(
      fc.property(secret, (text) => {
        expect(redact(`(((${encodeURIComponent(text)})))`, [text])).toBe('((([redacted])))')
      }),
    )
  })
})
