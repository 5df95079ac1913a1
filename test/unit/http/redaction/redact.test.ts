import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from '../../../../src/http/redaction/redact.ts'

describe('redact', () => {
  const token = 'AAAA/bt+5R=%2B'
  test.each([
    ['as it is', 'AAAA/bt+5R=%2B'],
    ['decoded', 'AAAA/bt+5R=+'],
    ['percent-encoded', 'AAAA%2Fbt%2B5R%3D%252B'],
    ['percent-encoded in lower case', 'AAAA%2fbt%2b5R%3d%2b'],
    ['with slashes escaped', 'AAAA\\/bt+5R=+'],
    ['escaped as in JSON', 'AAAA\\u002Fbt\\u002b5R\\u003d\\u002B'],
    ['escaped as in JavaScript', 'AAAA\\x2fbt\\u{2B}5R\\x3D+'],
    ['with the HTML entities of handlebars', 'AAAA&#x2F;bt+5R&#x3D;%2B'],
    ['with decimal HTML entities', '&#65;&#0065;AA&#47;bt&#43;5R&#61;&#43;'],
    ['with named HTML entities', 'AAAA&sol;bt&plus;5R&equals;&percnt;2B'],
    ['with HTML entities without a semicolon', 'AAAA&#47bt&#x2b;5R&#61+'],
    ['with letters percent-encoded', '%41A%41A/bt%2B5R=+'],
    ['percent-encoded three times', 'AAAA%25252Fbt%25252B5R%25253D%25252B'],
    ['percent-encoded, then in HTML', 'AAAA%2Fbt%2B5R&#x25;3D%252B'],
    ['in HTML, then in JSON', 'AAAA\\u0026#x2F;bt+5R\\u0026#x3D;+'],
    ['in base64', btoa('AAAA/bt+5R=%2B').replace(/=+$/, '')],
    ['in hexadecimal digits', '414141412f62742b35523d253242'],
  ])('finds a secret %s', (_, written) => {
    expect(redact(`<${written}> and ${written}`, [token])).toBe('<[redacted]> and [redacted]')
  })

  // RFC 4648: three bytes are four digits, so a secret in a longer text is written in one of three ways.
  test.each(['', 'x', 'xy', 'Bearer '])('finds a secret in base64 after %j', (before) => {
    for (const written of [btoa(`${before}${token}, and more`), encodeURIComponent(btoa(`${before}${token}`))]) {
      const shown = redact(written, [token])
      expect(shown).toContain('[redacted]')
      expect(atob(decodeURIComponent(shown).replace(/\[.*/, '').slice(0, 8) || 'AAAA')).not.toContain('AA/b')
      expect(shown.replace('[redacted]', '').length).toBeLessThan(written.length - 12)
    }
  })

  test('finds a secret in the base64 of URLs', () => {
    const secret = '~~~~????>>>>'
    expect(redact(btoa(secret).replaceAll('+', '-').replaceAll('/', '_'), [secret])).toBe('[redacted]')
  })

  test.each([
    '%',
    '%25',
    '&',
    '&#',
    '&#x',
    '&#x0',
    '&#0',
    '&amp;',
    '&a',
    '\\',
    '\\u',
    '\\u{',
    '\\u{0',
    '\\x',
    'AAA',
    'A',
  ])('reads a long text of %j in linear time', (unit) => {
    const time = (length: number) => {
      const text = unit.repeat(length / unit.length)
      const start = performance.now()
      redact(text, [token, 'AAAB', 'x'.repeat(200)])
      return performance.now() - start
    }
    time(50_000)
    expect(time(400_000)).toBeLessThan(3_000)
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
