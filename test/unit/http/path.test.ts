import { expect, test } from 'vitest'
import { path, pathWithoutIds } from '../../../src/http/path.ts'

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

test.each(['', '.', '..'])('refuses %j, which would change the path', (value) => {
  expect(() => path`/2/webhooks/${value}/x`).toThrow(RangeError)
})

test('accepts several values, or none', () => {
  expect(path`/a/${'1'}/b/${'2'}`).toBe('/a/1/b/2')
  expect(path`/a`).toBe('/a')
})

test.each([
  ['/2/webhooks', '/2/webhooks'],
  ['/2/webhooks/1146654567674912769', '/2/webhooks/:id'],
  ['/2/account_activity/webhooks/1/subscriptions/22/all', '/2/account_activity/webhooks/:id/subscriptions/:id/all'],
  ['/1.1/account_activity/webhooks/1.json', '/1.1/account_activity/webhooks/:id.json'],
  ['/1.1/account_activity/all/dev2/webhooks.json', '/1.1/account_activity/all/dev2/webhooks.json'],
  ['/oauth2/token', '/oauth2/token'],
])('%s without ids is %s', (withIds, expected) => {
  expect(pathWithoutIds(withIds)).toBe(expected)
})
