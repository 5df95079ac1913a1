import { describe, expect, it } from 'vitest'
import { withheldRemovals } from '../../../src/sync/removal-brake.ts'

describe('withheldRemovals', () => {
  it.each([
    // Removals, subscriptions that exist, and whether they are withheld: more than 10, and more than a tenth.
    [10, 10, false],
    [11, 11, true],
    [10, 20, false],
    [11, 109, true],
    [11, 110, false],
    [500, 5000, false],
    [501, 5000, true],
  ])('of %s removals and %s subscriptions: %s', (removals, existing, isWithheld) => {
    const withheld = withheldRemovals({ removals, existing, isListEmpty: false }, {})
    expect(withheld?.reason).toBe(isWithheld ? 'too_many' : undefined)
  })

  it('withholds no removal when there is none', () => {
    expect(withheldRemovals({ removals: 0, existing: 0, isListEmpty: true }, { maxRemovals: 0 })).toBeUndefined()
  })

  it('with maxRemovals: 0, withholds all', () => {
    const counts = { removals: 1, existing: 100, isListEmpty: false }
    expect(withheldRemovals(counts, { maxRemovals: 0 })).toEqual({ reason: 'too_many', count: 1, limit: 0 })
  })
})
