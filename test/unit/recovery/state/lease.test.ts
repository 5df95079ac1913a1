import { describe, expect, it } from 'vitest'
import { acquireLease, removeProcess, renewLease } from '../../../../src/recovery/state/lease.ts'
import { emptyState } from '../../../../src/recovery/state/recovery-state.ts'

const candidate = { processId: 'b', now: 100_000, leaseMs: 45_000, isStalled: false }
const heldBy = (holder: string, at: number) => ({
  ...emptyState,
  lease: { holder, token: 3, beat: 7, at },
  lastToken: 3,
})

describe('acquireLease', () => {
  it('takes a free lease, with a new token', () => {
    expect(acquireLease({ ...emptyState, lastToken: 3 }, candidate)).toEqual({
      token: 4,
      state: { ...emptyState, lastToken: 4, lease: { holder: 'b', token: 4, beat: 1, at: 100_000 } },
    })
  })

  it('keeps the token of its own lease', () => {
    expect(acquireLease(heldBy('b', 0), candidate)).toMatchObject({ token: 3, state: { lease: { token: 3, beat: 8 } } })
  })

  it.each([
    ['just renewed', 100_000, false, undefined],
    ['as old as it may be', 55_000, false, undefined],
    ['older', 54_999, false, 4],
    ['from a clock that is ahead', 900_000, false, undefined],
    ['from a clock that is ahead, and no longer renewed', 900_000, true, 4],
  ])('with a lease of another process that is %s', (_, at, isStalled, token) => {
    const state = heldBy('a', at)
    const acquired = acquireLease(state, { ...candidate, isStalled })
    expect(acquired.token).toBe(token)
    if (token === undefined) expect(acquired.state).toBe(state)
  })
})

describe('renewLease and removeProcess', () => {
  it('renew and remove the own lease, and no other', () => {
    expect(renewLease(heldBy('b', 0), 'b', 5)).toMatchObject({ lease: { beat: 8, at: 5 } })
    expect(renewLease(heldBy('a', 0), 'b', 5)).toEqual(heldBy('a', 0))
    expect(removeProcess(heldBy('b', 0), 'b')).not.toHaveProperty('lease')
    expect(removeProcess(heldBy('a', 0), 'b')).toHaveProperty('lease')
  })
})
