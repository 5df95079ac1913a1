import type { RecoveryState } from './state/recovery-state.ts'
import { totalMs } from './state/time-spans.ts'

/** A span of time as two ISO 8601 texts. */
export interface StatusSpan {
  /** The beginning, inclusive. */
  readonly from: string
  /** The end, exclusive. */
  readonly to: string
}

/** What a recovery knows about a process. */
export interface ProcessStatus {
  /** A random id, new at each start of the process. */
  readonly id: string
  /** Whether X reaches the process, or it only works on an inbox. */
  readonly role: 'receiver' | 'worker'
  /** When it recorded its last heartbeat: an ISO 8601 text. */
  readonly aliveAt: string
  /** Whether this is the process that makes the replay jobs. */
  readonly isLeader: boolean
  /** Since when it answers deliveries with 500 or 503: an ISO 8601 text. Absent while it does not. */
  readonly failingSince?: string
}

/** What a recovery knows, as a plain object that can be sent as JSON. */
export interface RecoveryStatus {
  /** Whether nothing is to be recovered, X can reach the webhook, and no deliveries fail. */
  readonly isHealthy: boolean
  /** Whether this process makes the replay jobs. */
  readonly isLeader: boolean
  /** The last heartbeat of any receiver: an ISO 8601 text. Absent before the first. */
  readonly aliveAt?: string
  /** The last time that X is known to have reached a receiver: an ISO 8601 text. Absent before the first. */
  readonly reachedAt?: string
  /** Since when X may not reach the webhook: an ISO 8601 text. Absent while it can. */
  readonly unreachableSince?: string
  /** The outages whose events are not recovered yet, oldest first. */
  readonly outages: readonly StatusSpan[]
  /** How many minutes of events are still to be replayed. */
  readonly pendingMinutes: number
  /** The last replay job, while its end is not known. Absent when there is none. */
  readonly job?: StatusSpan & {
    /** X's id of the job. */
    readonly jobId: string
  }
  /** The processes that are alive, or were until recently. */
  readonly processes: readonly ProcessStatus[]
}

/** The status for a state. */
export function statusOf(state: RecoveryState, isLeader: boolean): RecoveryStatus {
  const { aliveAt, reachedAt, brokenSince, outages, pieces, job, processes = [], lease } = state
  const isFailing = processes.some(({ failingSince }) => failingSince !== undefined)
  return {
    isHealthy: pieces.length === 0 && brokenSince === undefined && !isFailing,
    isLeader,
    ...(aliveAt !== undefined && { aliveAt: toText(aliveAt) }),
    ...(reachedAt !== undefined && { reachedAt: toText(reachedAt) }),
    ...(brokenSince !== undefined && { unreachableSince: toText(brokenSince) }),
    outages: outages.map(({ from, to }) => ({ from: toText(from), to: toText(to) })),
    pendingMinutes: Math.round(totalMs(pieces) / 60_000),
    ...(job !== undefined && { job: { jobId: job.jobId, from: toText(job.from), to: toText(job.to) } }),
    processes: processes.map(({ id, role, aliveAt, failingSince }) => ({
      id,
      role,
      aliveAt: toText(aliveAt),
      isLeader: lease?.holder === id,
      ...(failingSince !== undefined && { failingSince: toText(failingSince) }),
    })),
  }
}

function toText(time: number): string {
  return new Date(time).toISOString()
}
