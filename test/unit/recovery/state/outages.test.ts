import { describe, expect, it } from 'vitest'
import { minuteMs } from '../../../../src/internal/clock.ts'
import { addOutage, recordReachable, recordReached, recordUnreachable } from '../../../../src/recovery/state/outages.ts'
import { emptyState, type RecoveryState } from '../../../../src/recovery/state/recovery-state.ts'

const noon = Date.UTC(2026, 10, 21, 12)
const limits = { gapMs: 60_000, marginMs: 10 * minuteMs, windowMinutes: 120 }
const at = (minutes: number) => noon + minutes * minuteMs

describe('recordUnreachable and recordReachable', () => {
  it('add the time since X last reached the webhook as an outage', () => {
    const reached = recordReached(emptyState, at(-20))
    const broken = recordUnreachable(recordUnreachable(reached, at(0)), at(5))
    expect(broken.brokenSince).toBe(at(-20))
    const { state, outage } = recordReachable(broken, at(10), limits)
    expect(outage).toEqual({ from: at(-20), to: at(10) })
    expect(state).toMatchObject({ reachedAt: at(10), outages: [outage] })
    expect(state).not.toHaveProperty('brokenSince')
  })

  it('begin the outage at the check when X has never reached the webhook', () => {
    expect(recordUnreachable(emptyState, noon).brokenSince).toBe(noon)
  })

  it('add nothing when X could reach the webhook all the time', () => {
    expect(recordReachable(emptyState, noon, limits)).toEqual({ state: { ...emptyState, reachedAt: noon } })
  })
})

describe('addOutage', () => {
  it('adds whole minutes, the margin before the outage and one minute after it', () => {
    const outage = { from: noon + 1, to: at(30) + 1 }
    expect(addOutage(emptyState, outage, limits)).toEqual({
      ...emptyState,
      outages: [outage],
      pieces: [{ from: at(-10), to: at(32), attempts: 0 }],
    })
  })

  it('splits a long outage into windows', () => {
    const { pieces } = addOutage(emptyState, { from: at(0), to: at(240) }, limits)
    expect(pieces.map(({ from, to }) => [(from - noon) / minuteMs, (to - noon) / minuteMs])).toEqual([
      [-10, 110],
      [110, 230],
      [230, 241],
    ])
  })

  it('joins many short outages to pieces of up to an hour', () => {
    let state: RecoveryState = emptyState
    for (let minute = 0; minute < 120; minute += 2) {
      state = addOutage(state, { from: at(minute), to: at(minute + 1) }, limits)
    }
    expect(state.pieces.map(({ from, to }) => [(from - noon) / minuteMs, (to - noon) / minuteMs])).toEqual([
      [-10, 50],
      [50, 110],
      [110, 120],
    ])
    const { pieces } = addOutage(
      { ...state, job: { jobId: '1', from: at(110), to: at(120) } },
      { from: at(120), to: at(121) },
      limits,
    )
    expect(pieces).toHaveLength(4)
  })

  it('adds no piece twice, and keeps the attempts of those that exist', () => {
    const pieces = [{ from: at(0), to: at(20), attempts: 2 }]
    const state = addOutage({ ...emptyState, pieces }, { from: at(5), to: at(30) }, limits)
    expect(state.pieces).toEqual([
      { from: at(-5), to: at(0), attempts: 0 },
      { from: at(0), to: at(20), attempts: 2 },
      { from: at(20), to: at(31), attempts: 0 },
    ])
  })
})
