import { timingSafeEqual as equalBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timingSafeEqual } from '../../../src/internal/timing-safe-equal.ts'

describe('timingSafeEqual', () => {
  it.each([
    ['', '', true],
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'Abc', false],
    ['abc', 'ab', false],
    ['abc', 'abcd', false],
    ['', 'a', false],
    ['é', 'e', false],
    // The same low byte, as which Latin-1 would write both.
    ['Ł', 'A', false],
    ['\u0000', '', false],
    // Neither is a character, so UTF-8 would write the same for both.
    ['\ud800', '\udc00', false],
  ])('compares %j with %j', (a, b, same) => {
    expect(timingSafeEqual(a, b)).toBe(same)
  })

  it('comes to what node:crypto comes to', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 64 })
    fc.assert(
      fc.property(text, text, fc.boolean(), (a, other, same) => {
        const b = same ? `${a}` : other
        const [left, right] = [Buffer.from(a), Buffer.from(b)]
        expect(timingSafeEqual(a, b)).toBe(left.length === right.length && equalBytes(left, right))
      }),
    )
  })
})
