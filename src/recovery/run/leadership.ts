import type { Settings } from '../settings.ts'
import { acquireLease, isLeaseFree, type LeaseCandidate } from '../state/lease.ts'
import type { Lease, RecoveryState } from '../state/recovery-state.ts'
import { type PersistedState, withLease } from './persisted-state.ts'

/** Whether this process is the one that makes replay jobs. */
export interface Leadership {
  /** Takes the lease. Returns the state with which the holder works, and a signal that fires when the lease is lost. */
  readonly acquire: () => Promise<{ readonly persisted: PersistedState; readonly lost: AbortSignal } | undefined>
  /** Whether this process has the lease. */
  readonly isHeld: () => boolean
  /** Whether no process has the lease, or its holder does not renew it. */
  readonly canTakeOver: () => boolean
  /** Looks at the lease, at each regular heartbeat. */
  readonly onHeartbeat: (state: RecoveryState) => void
  /** Looks whether the lease is lost, at each change of the state. */
  readonly onChange: (state: RecoveryState) => void
  /** Gives the lease back. */
  readonly release: () => Promise<void>
}

/** A lease that was not renewed for this many heartbeats is free. */
const heartbeatsOfLease = 3

export function createLeadership(
  { now, heartbeatMs, processId }: Pick<Settings, 'now' | 'heartbeatMs' | 'processId'>,
  persisted: PersistedState,
): Leadership {
  let held: { readonly token: number; readonly lost: AbortController } | undefined
  /** The lease at the last heartbeat, and for how many heartbeats it has been the same. */
  let seen: { readonly lease: Lease | undefined; readonly times: number } = { lease: undefined, times: 0 }

  const candidate = (state: RecoveryState): LeaseCandidate => ({
    processId,
    now: now(),
    leaseMs: heartbeatsOfLease * heartbeatMs,
    isStalled: seen.times >= heartbeatsOfLease && isSameLease(seen.lease, state.lease),
  })

  const onChange = ({ lease }: RecoveryState) => {
    if (held === undefined || lease?.token === held.token) return
    held.lost.abort()
    held = undefined
  }

  return {
    async acquire() {
      const { token } = await persisted.update((state) => acquireLease(state, candidate(state)))
      if (token === undefined) return undefined
      if (held?.token !== token) held = { token, lost: new AbortController() }
      return { persisted: withLease(persisted, token), lost: held.lost.signal }
    },
    isHeld: () => held !== undefined,
    canTakeOver() {
      const state = persisted.current()
      return held === undefined && isLeaseFree(state, candidate(state))
    },
    onHeartbeat({ lease }) {
      seen = { lease, times: isSameLease(seen.lease, lease) ? seen.times + 1 : 0 }
    },
    onChange,
    async release() {
      const token = held?.token
      held = undefined
      if (token === undefined) return
      await persisted.update(({ lease, ...state }) => ({
        state: lease !== undefined && lease.token !== token ? { ...state, lease } : state,
      }))
    },
  }
}

function isSameLease(a: Lease | undefined, b: Lease | undefined): boolean {
  return a?.token === b?.token && a?.beat === b?.beat
}
