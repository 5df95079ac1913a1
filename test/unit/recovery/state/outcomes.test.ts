import { describe, expect, it } from 'vitest'
import { minuteMs } from '../../../../src/internal/clock.ts'
import { pieceOfJob, recordAttempt, removeExpired } from '../../../../src/recovery/state/outcomes.ts'
import type { Piece, RecoveryState } from '../../../../src/recovery/state/recovery-state.ts'

const span = (from: number, to: number) => ({ from: from * minuteMs, to: to * minuteMs })
const piece = (from: number, to: number, attempts = 0): Piece => ({ ...span(from, to), attempts })
const stateWith = (changes: Partial<RecoveryState>): RecoveryState => ({
  version: 2,
  outages: [span(10, 60)],
  pieces: [piece(0, 61)],
  ...changes,
})

describe('recordAttempt', () => {
  const maxAttempts = 3

  it('removes a piece that is complete, and an outage without pieces', () => {
    const update = recordAttempt(stateWith({}), { piece: piece(0, 61), outcome: 'complete', maxAttempts })
    expect(update).toEqual({ state: stateWith({ outages: [], pieces: [] }), lost: [] })
  })

  it.each(['incomplete', 'timeout', 'refused'] as const)('halves a piece whose outcome is %s', (outcome) => {
    const { state, lost } = recordAttempt(stateWith({}), { piece: piece(0, 61), outcome, maxAttempts })
    expect(state.pieces).toEqual([piece(0, 31, 1), piece(31, 61, 1)])
    expect(state.outages).toEqual([span(10, 60)])
    expect(lost).toEqual([])
  })

  it('does not halve a minute', () => {
    const state = stateWith({ pieces: [piece(20, 21)] })
    const update = recordAttempt(state, { piece: piece(20, 21), outcome: 'incomplete', maxAttempts })
    expect(update.state.pieces).toEqual([piece(20, 21, 1)])
  })

  it('gives a piece up after the last attempt, and loses the parts of outages in it', () => {
    const tried = piece(0, 61, 2)
    const state = stateWith({ pieces: [tried] })
    const update = recordAttempt(state, { piece: tried, outcome: 'incomplete', maxAttempts })
    expect(update).toEqual({ state: stateWith({ outages: [], pieces: [] }), lost: [span(10, 60)] })
  })

  it('removes the job of the piece, and keeps another job', () => {
    const own = stateWith({ job: { jobId: '1', ...span(0, 61) } })
    const other = stateWith({ job: { jobId: '1', ...span(0, 30) } })
    const attempt = { piece: piece(0, 61), outcome: 'incomplete', maxAttempts } as const
    expect(recordAttempt(own, attempt).state).not.toHaveProperty('job')
    expect(recordAttempt(other, attempt).state.job).toEqual(other.job)
  })
})

describe('removeExpired', () => {
  it('removes what is older, and loses the parts of outages in it', () => {
    const { state, lost } = removeExpired(stateWith({}), 30 * minuteMs)
    expect(state.pieces).toEqual([piece(30, 61)])
    expect(state.outages).toEqual([span(10, 60)])
    expect(lost).toEqual([span(10, 30)])
  })
})

describe('pieceOfJob', () => {
  const state = stateWith({ job: { jobId: '7', ...span(0, 61) } })

  it('finds the piece of the last job', () => {
    expect(pieceOfJob(state, '7')).toEqual(piece(0, 61))
  })

  it('finds none for another job, and none when the piece no longer exists', () => {
    expect(pieceOfJob(state, '8')).toBeUndefined()
    expect(pieceOfJob({ ...state, pieces: [piece(0, 30)] }, '7')).toBeUndefined()
  })
})
