import { describe, expect, it } from 'vitest'
import { emptyState, type RecoveryState, readState } from '../../../../src/recovery/state/recovery-state.ts'

describe('readState', () => {
  it.each([undefined, null])('returns the empty state for %j', (value) => {
    expect(readState(value)).toBe(emptyState)
  })

  it('returns a state that a recovery wrote', () => {
    const state: RecoveryState = {
      version: 2,
      aliveAt: 5,
      reachedAt: 4,
      brokenSince: 3,
      outages: [{ from: 1, to: 2 }],
      pieces: [{ from: 0, to: 60_000, attempts: 1 }],
      job: { jobId: '7', from: 0, to: 60_000 },
      jobEnds: [{ jobId: '6', outcome: 'incomplete' }],
      processes: [{ id: 'a', role: 'receiver', beat: 3, aliveAt: 5, failingSince: 4 }],
      lease: { holder: 'a', token: 2, beat: 3, at: 5 },
      lastToken: 2,
      shortGaps: [{ from: 1, to: 2, isReported: true }],
      workersAliveAt: 5,
    }
    expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state)
  })

  it('reads the state of version 1', () => {
    const state = {
      version: 1,
      aliveAt: 5,
      outages: [{ from: 1, to: 2 }],
      pieces: [{ from: 0, to: 60_000, attempts: 1 }],
      job: { jobId: '7', from: 0, to: 60_000 },
    }
    expect(readState(state)).toEqual({ ...state, version: 2 })
  })

  it.each([
    ['another object', { hello: 1 }, 'object'],
    ['a newer version', { version: 3, outages: [], pieces: [] }, 'object'],
    ['a string', 'x', 'string'],
    ['a list', [], 'array'],
    ['malformed pieces', { version: 1, outages: [], pieces: [{ from: 1 }] }, 'object'],
    ['pieces without attempts', { version: 1, outages: [], pieces: [{ from: 1, to: 2 }] }, 'object'],
    ['a malformed time', { version: 1, aliveAt: '1', outages: [], pieces: [] }, 'object'],
    ['malformed job ends', { version: 2, outages: [], pieces: [], jobEnds: [{}] }, 'object'],
    ['malformed processes', { version: 2, outages: [], pieces: [], processes: [{ id: 'a' }] }, 'object'],
    ['a malformed lease', { version: 2, outages: [], pieces: [], lease: { holder: 'a' } }, 'object'],
    ['malformed gaps', { version: 2, outages: [], pieces: [], shortGaps: [1] }, 'object'],
    ['a malformed job', { version: 1, outages: [], pieces: [], job: { jobId: 1 } }, 'object'],
  ])('refuses %s', (_, value, kind) => {
    expect(() => readState(value)).toThrow(
      new TypeError(
        `The recovery store returned a value (${kind}) that this version did not write. ` +
          'Use a "store" whose keys no other program writes, and update x-account-activity in every process.',
      ),
    )
  })
})
