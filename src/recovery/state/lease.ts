import type { RecoveryState } from './recovery-state.ts'

/** A process that wants the lease. */
export interface LeaseCandidate {
  readonly processId: string
  readonly now: number
  /** A lease that was not renewed for this long is free, in milliseconds. */
  readonly leaseMs: number
  /** Whether the candidate has seen several heartbeats without a renewal of the lease, whatever the clocks say. */
  readonly isStalled: boolean
}

/** Whether the candidate may take the lease. */
export function isLeaseFree({ lease }: RecoveryState, { processId, now, leaseMs, isStalled }: LeaseCandidate): boolean {
  return lease === undefined || lease.holder === processId || isStalled || now - lease.at > leaseMs
}

/** Takes the lease if it is free. `token` is absent if another process has it. */
export function acquireLease(
  state: RecoveryState,
  candidate: LeaseCandidate,
): { readonly state: RecoveryState; readonly token?: number } {
  const { processId: holder, now: at } = candidate
  if (!isLeaseFree(state, candidate)) return { state }
  const { lease } = state
  const token = lease?.holder === holder ? lease.token : (state.lastToken ?? 0) + 1
  const beat = lease?.holder === holder ? lease.beat + 1 : 1
  return { state: { ...state, lease: { holder, token, beat, at }, lastToken: token }, token }
}

/** Renews the lease if the process has it. */
export function renewLease(state: RecoveryState, processId: string, now: number): RecoveryState {
  const { lease } = state
  if (lease?.holder !== processId) return state
  return { ...state, lease: { ...lease, beat: lease.beat + 1, at: now } }
}

/** Removes a process that ends, and its lease. */
export function removeProcess(state: RecoveryState, processId: string): RecoveryState {
  const { lease, processes = [], ...others } = state
  return {
    ...others,
    processes: processes.filter(({ id }) => id !== processId),
    ...(lease !== undefined && lease.holder !== processId && { lease }),
  }
}

/** Another process has taken the lease. What this process was about to do is not done. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'

  constructor() {
    super('Another process has taken over the recovery.')
  }
}
