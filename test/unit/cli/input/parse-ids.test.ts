import { expect, test } from 'vitest'
import { parseId, parseUrl } from '../../../../src/cli/input/parse-ids.ts'

test.each(['0', '1146654567674912769', '9'.repeat(19)])('%s is an id', (text) => {
  expect(parseId(text)).toBe(text)
})

test.each(['', '-1', '1.5', '12a', ' 1', '9'.repeat(20), '１'])('refuses the id "%s"', (text) => {
  expect(() => parseId(text)).toThrow(new RangeError(`"${text}" is not an id. An id has 1 to 19 digits.`))
})

test.each(['', 'app.example', '/path', 'ftp://app.example', 'https://', 'javascript:alert(1)'])(
  'refuses the URL "%s"',
  (text) => {
    expect(() => parseUrl(text)).toThrow(RangeError)
    expect(parseUrl('https://app.example/webhook')).toBe('https://app.example/webhook')
  },
)
