import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replayWindow, splitReplayWindow } from 'x-account-activity/replay'

const now = new Date('2026-11-21T12:00:00Z')

describe('splitReplayWindow', () => {
  const window = replayWindow({ from: '202611210600', to: '202611211100' }, { now })

  it('splits into two hours each, with a shorter last one', () => {
    expect(splitReplayWindow(window).map(({ fromDate, toDate }) => [fromDate, toDate])).toEqual([
      ['202611210600', '202611210800'],
      ['202611210800', '202611211000'],
      ['202611211000', '202611211100'],
    ])
  })

  it('returns a window that is short enough unchanged', () => {
    expect(splitReplayWindow(window, { minutes: 300 })).toEqual([window])
    expect(splitReplayWindow(window, { minutes: 299 })).toHaveLength(2)
    expect(splitReplayWindow(window, { minutes: Number.MAX_SAFE_INTEGER })).toEqual([window])
  })

  it('leaves no gaps and no overlaps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (minutes) => {
        const parts = splitReplayWindow(window, { minutes })
        expect(parts[0]?.from).toEqual(window.from)
        expect(parts.at(-1)?.to).toEqual(window.to)
        for (const [index, part] of parts.slice(1).entries()) expect(part.from).toEqual(parts[index]?.to)
      }),
    )
  })

  it.each([
    ['0 minutes', () => splitReplayWindow(window, { minutes: 0 }), RangeError],
    ['half a minute', () => splitReplayWindow(window, { minutes: 0.5 }), RangeError],
    ['NaN minutes', () => splitReplayWindow(window, { minutes: Number.NaN }), RangeError],
    ['a string as minutes', () => splitReplayWindow(window, { minutes: '120' as never }), TypeError],
    ['strings as from and to', () => splitReplayWindow({ from: '1', to: '2' } as never), TypeError],
    ['no window', () => splitReplayWindow(null as never), TypeError],
    ['a window that ends when it begins', () => splitReplayWindow({ ...window, to: window.from }), RangeError],
    ['an invalid date', () => splitReplayWindow({ ...window, to: new Date(Number.NaN) }), RangeError],
  ])('refuses %s', (_, call, type) => {
    expect(call).toThrow(type)
  })
})
