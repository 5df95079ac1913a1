import { describe, expect, it } from 'vitest'
import { minuteMs } from '../../../../src/internal/clock.ts'
import { nextAction } from '../../../../src/recovery/state/next-action.ts'
import { emptyState, type RecoveryState } from '../../../../src/recovery/state/recovery-state.ts'
import { v2ReplayRules } from '../../../../src/replay/replay-rules.ts'

const now = Date.UTC(2026, 10, 21, 12)

/** A state with one piece, given by how many minutes ago it begins and ends. */
const pieceAgo = (from: number, to: number): RecoveryState => ({
  ...emptyState,
  pieces: [{ from: now - from * minuteMs, to: now - to * minuteMs, attempts: 0 }],
})

describe('nextAction', () => {
  it('finishes when nothing is left', () => {
    expect(nextAction(emptyState, now, v2ReplayRules)).toEqual({ type: 'finish' })
  })

  // X accepts a `from` of at least 31 minutes and a `to` of at least 10 minutes ago. One minute is added for the clocks:
  // https://docs.x.com/x-api/account-activity/quickstart
  it.each([
    ['begins 32 minutes ago', 32, 20, { type: 'replay' }],
    ['begins 31 minutes ago', 31, 20, { type: 'wait', until: now + minuteMs }],
    ['ends 11 minutes ago', 60, 11, { type: 'replay' }],
    ['ends 10 minutes ago', 60, 10, { type: 'wait', until: now + minuteMs }],
    ['begins 23 hours and 59 minutes ago', 1439, 1400, { type: 'replay' }],
    ['begins 24 hours ago', 1440, 1400, { type: 'expire', before: now - 1439 * minuteMs }],
  ])('decides for a piece that %s', (_, from, to, action) => {
    expect(nextAction(pieceAgo(from, to), now, v2ReplayRules)).toMatchObject(action)
  })

  it('replays the first piece, which is the oldest', () => {
    const [first, second] = [pieceAgo(200, 100).pieces, pieceAgo(100, 50).pieces]
    const state = { ...emptyState, pieces: [...first, ...second] }
    expect(nextAction(state, now, v2ReplayRules)).toEqual({ type: 'replay', piece: first[0] })
  })
})
