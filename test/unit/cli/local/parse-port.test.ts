import { expect, it } from 'vitest'
import { parsePort } from '../../../../src/cli/local/parse-port.ts'

it.each([
  ['0', 0],
  ['80', 80],
  ['65535', 65_535],
])('reads %s', (text, port) => expect(parsePort(text)).toBe(port))

it.each(['', '-1', '65536', '1.5', 'http', ' 80', '1e3', '000080'])('refuses "%s"', (text) => {
  expect(() => parsePort(text)).toThrow(new RangeError(`A port is a number from 0 to 65535, got "${text}".`))
})
