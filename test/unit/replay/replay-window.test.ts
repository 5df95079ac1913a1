import { describe, expect, it } from 'vitest'
import { replayWindow } from 'x-account-activity/replay'

const now = new Date('2026-11-21T12:00:00Z')
const ago = (minutes: number, ms = 0) => new Date(now.getTime() - minutes * 60_000 + ms)

describe('replayWindow', () => {
  it('returns the window with its dates in the format of X', () => {
    expect(replayWindow({ from: '202611211000', to: ago(30) }, { now })).toEqual({
      from: new Date('2026-11-21T10:00:00Z'),
      to: new Date('2026-11-21T11:30:00Z'),
      fromDate: '202611211000',
      toDate: '202611211130',
    })
  })

  it('widens the window to whole minutes', () => {
    const window = { from: new Date('2026-11-21T10:00:59Z'), to: new Date('2026-11-21T11:00:01Z') }
    expect(replayWindow(window, { now })).toMatchObject({ fromDate: '202611211000', toDate: '202611211101' })
  })

  it('narrows the window to whole minutes when X would refuse the wider one', () => {
    const late = new Date('2026-11-21T12:00:30Z')
    const window = { from: new Date('2026-11-20T12:00:30Z'), to: new Date('2026-11-21T11:50:30Z') }
    expect(replayWindow(window, { now: late })).toMatchObject({ fromDate: '202611201201', toDate: '202611211150' })
  })

  it('throws an error that lists every broken rule', () => {
    expect(() => replayWindow({ from: ago(-1), to: 'soon' }, { now })).toThrow(
      expect.objectContaining({
        name: 'ReplayWindowError',
        code: 'replay_window',
        issues: [
          expect.objectContaining({ code: 'from_date_in_future' }),
          expect.objectContaining({ code: 'to_date_format' }),
        ],
      }),
    )
  })
})
