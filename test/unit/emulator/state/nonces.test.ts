import { expect, it } from 'vitest'
import { Nonces } from '../../../../src/emulator/state/nonces.ts'

it('accepts a nonce once', () => {
  const nonces = new Nonces()
  expect(nonces.use('a', 1000, 700)).toBe(true)
  expect(nonces.use('a', 1000, 700)).toBe(false)
  expect(nonces.use('__proto__', 1000, 700)).toBe(true)
  expect(nonces.use('__proto__', 1000, 700)).toBe(false)
})

it('removes expired nonces first, and the oldest when none has expired', () => {
  const nonces = new Nonces()
  for (let count = 0; count < 50_000; count += 1) nonces.use(`stale ${count}`, 100, 0)
  for (let count = 0; count < 50_000; count += 1) nonces.use(`fresh ${count}`, 1000, 0)
  nonces.use('one too many', 1000, 700)
  expect(nonces.use('fresh 0', 1000, 700)).toBe(false)
  for (let count = 0; count < 60_000; count += 1) nonces.use(`more ${count}`, 1000, 700)
  expect(nonces.use('more 59999', 1000, 700)).toBe(false)
  expect(nonces.use('fresh 0', 1000, 700)).toBe(true)
})
