import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intersect, type Span, subtract, union } from '../../../../src/recovery/state/time-spans.ts'

const span = (from: number, to: number): Span => ({ from, to })

describe('subtract', () => {
  it.each([
    ['nothing', [], [span(10, 20)]],
    ['what is before it', [span(0, 10)], [span(10, 20)]],
    ['what is after it', [span(20, 30)], [span(10, 20)]],
    ['its beginning', [span(5, 12)], [span(12, 20)]],
    ['its end', [span(18, 25)], [span(10, 18)]],
    ['its middle', [span(12, 18)], [span(10, 12), span(18, 20)]],
    ['all of it', [span(10, 20)], []],
    ['more than it', [span(0, 30)], []],
    ['several parts', [span(12, 13), span(15, 16)], [span(10, 12), span(13, 15), span(16, 20)]],
    ['parts that overlap', [span(8, 14), span(12, 18)], [span(18, 20)]],
  ])('removes %s', (_, others, left) => {
    expect(subtract(span(10, 20), others)).toEqual(left)
  })

  it('keeps other members of the span', () => {
    expect(subtract({ ...span(0, 10), attempts: 2 }, [span(4, 6)])).toEqual([
      { from: 0, to: 4, attempts: 2 },
      { from: 6, to: 10, attempts: 2 },
    ])
  })
})

describe('intersect', () => {
  it.each([
    ['nothing', [], []],
    ['what only touches it', [span(0, 10), span(20, 30)], []],
    ['what overlaps its ends', [span(0, 12), span(18, 30)], [span(10, 12), span(18, 20)]],
    ['all of it', [span(0, 30)], [span(10, 20)]],
  ])('finds %s', (_, others, found) => {
    expect(intersect(span(10, 20), others)).toEqual(found)
  })
})

describe('union', () => {
  it('joins spans that touch or overlap, in order, and leaves empty ones out', () => {
    expect(union([span(30, 40), span(0, 10), span(10, 20), span(5, 12), span(25, 25), span(32, 33)])).toEqual([
      span(0, 20),
      span(30, 40),
    ])
  })
})

describe('subtract, intersect and union', () => {
  const spans = fc.array(
    fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 10 })).map(([from, length]) => span(from, from + length)),
  )
  const points = (list: readonly Span[]) =>
    Array.from({ length: 70 }, (_, point) => list.some(({ from, to }) => from <= point && point < to))

  it('agree with a calculation point by point', () => {
    fc.assert(
      fc.property(spans, (others) => {
        const whole = span(10, 40)
        const isWhole = points([whole])
        const isOther = points(others)
        expect(points(subtract(whole, others))).toEqual(isWhole.map((is, point) => is && !isOther[point]))
        expect(points(intersect(whole, others))).toEqual(isWhole.map((is, point) => is && isOther[point]))
        expect(points(union(others))).toEqual(isOther)
      }),
    )
  })
})
