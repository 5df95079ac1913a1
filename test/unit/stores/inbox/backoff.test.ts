import { describe, expect, it } from 'vitest'
import { createBackoff } from '../../../../src/stores/inbox/backoff.ts'

describe('createBackoff', () => {
  it('doubles from one second to ten minutes by default', () => {
    const backoff = createBackoff({ random: () => 0 })
    expect([1, 2, 3, 4, 10, 11, 1000].map(backoff)).toEqual([1000, 2000, 4000, 8000, 512_000, 600_000, 600_000])
  })

  it('shortens a delay by up to half of it, at random', () => {
    const numbers = [0, 0.5, 0.999_999]
    const delays = numbers.map((number) => createBackoff({ baseMs: 1000, maxMs: 1000, random: () => number })(1))
    expect(delays).toEqual([1000, 750, 500])
  })
})
