import { expect, test } from 'vitest'
import { path } from '../../../src/http/path.ts'

test.each([
  ['1146654567674912769', '/2/webhooks/1146654567674912769/x'],
  ['a/b', '/2/webhooks/a%2Fb/x'],
  ['../..', '/2/webhooks/..%2F../x'],
  ['a b?c=d#e', '/2/webhooks/a%20b%3Fc%3Dd%23e/x'],
  ['%2e%2e', '/2/webhooks/%252e%252e/x'],
  ['ü', '/2/webhooks/%C3%BC/x'],
])('%s is one segment', (value, expected) => {
  expect(path`/2/webhooks/${value}/x`).toBe(expected)
})

test.each(['', '.', '..'])('refuses %j, which would be another path', (value) => {
  expect(() => path`/2/webhooks/${value}/x`).toThrow(RangeError)
})

test('takes several values, or none', () => {
  expect(path`/a/${'1'}/b/${'2'}`).toBe('/a/1/b/2')
  expect(path`/a`).toBe('/a')
})
