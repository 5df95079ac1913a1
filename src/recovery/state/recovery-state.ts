import { kindOf } from '../../internal/assert.ts'
import type { Span } from './time-spans.ts'

/** A span of whole minutes that is still to be replayed. */
export interface Piece extends Span {
  /** How many replay jobs were tried for it. */
  readonly attempts: number
}

/** A replay job that X has accepted, with the span that it replays. */
export interface RunningJob extends Span {
  readonly jobId: string
}

/** The end of a replay job, as a receiver saw it. */
export interface RecordedJobEnd {
  readonly jobId: string
  readonly outcome: 'complete' | 'incomplete'
}

/** What a process does: a `receiver` is reached by X, a `worker` only handles what an inbox hands out. */
export type ProcessRole = 'receiver' | 'worker'

/** A process with a recovery. Its times are those of its own clock. */
export interface RecoveryProcess {
  /** A random id, new at each start. */
  readonly id: string
  readonly role: ProcessRole
  /** How many regular heartbeats it has recorded. Two different values show that it was alive, whatever its clock says. */
  readonly beat: number
  /** The time of its last heartbeat. */
  readonly aliveAt: number
  /** The time since which it answers deliveries with errors, which X has not delivered successfully since. */
  readonly failingSince?: number
  /** The last heartbeat in the store when it started, if that was in its future. */
  readonly startedBehind?: number
}

/** The right to make replay jobs. One process has it. */
export interface Lease {
  /** The id of the process. */
  readonly holder: string
  /** Grows with each new holder. A write of an earlier holder is refused. */
  readonly token: number
  /** Grows with each renewal. */
  readonly beat: number
  /** The time of the last renewal, by the clock of the holder. */
  readonly at: number
}

/** A short time without a heartbeat before a process started. */
export interface ShortGap extends Span {
  /** Whether an outage covers it already. */
  readonly isReported?: boolean
}

/** What a recovery keeps in its store. All times are in milliseconds since 1970. */
export interface RecoveryState {
  readonly version: 2
  /** The time of the last heartbeat of any receiver. */
  readonly aliveAt?: number
  /** The last time that X is known to have reached a receiver. */
  readonly reachedAt?: number
  /** The time from which X may not have reached the webhook. Absent while X can reach it. */
  readonly brokenSince?: number
  /** The outages, to the millisecond. An outage is removed when no piece of it remains. */
  readonly outages: readonly Span[]
  /** What is still to be replayed, oldest first: the outages and the margins around them. */
  readonly pieces: readonly Piece[]
  /** The last job that X accepted. Absent once its outcome is known. */
  readonly job?: RunningJob
  /** The last jobs that ended, newest last. */
  readonly jobEnds?: readonly RecordedJobEnd[]
  /** The processes that are alive, or were until recently. */
  readonly processes?: readonly RecoveryProcess[]
  readonly lease?: Lease
  /** The token of the last lease. */
  readonly lastToken?: number
  /** The short gaps of the last minutes, oldest first. Many of them are an outage. */
  readonly shortGaps?: readonly ShortGap[]
  /** The time up to which workers were alive, or up to which their absence is covered by outages. */
  readonly workersAliveAt?: number
  /** Whether outages cover a part of the time in which no worker was alive. */
  readonly areWorkersGone?: boolean
}

/** The state of a recovery that has never run. */
export const emptyState: RecoveryState = { version: 2, outages: [], pieces: [] }

/**
 * Reads a state that a store returned. A state of version 1 has the same members, and fewer of them.
 *
 * @throws TypeError when the value has another form: another program uses the key, or a newer version wrote it.
 */
export function readState(value: unknown): RecoveryState {
  if (value === undefined || value === null) return emptyState
  if (isState(value)) return value.version === 2 ? value : { ...value, version: 2 }
  throw new TypeError(
    `The recovery store returned a value (${kindOf(value)}) that this version did not write. ` +
      'Use a "store" whose keys no other program writes, and update x-account-activity in every process.',
  )
}

function isState(value: unknown): value is RecoveryState {
  const state = Object(value) as Partial<Record<keyof RecoveryState, unknown>>
  const { version, aliveAt, reachedAt, brokenSince, outages, pieces, job } = state
  const { jobEnds = [], processes = [], lease, lastToken, shortGaps = [], workersAliveAt } = state
  return (
    (version === 1 || version === 2) &&
    [aliveAt, reachedAt, brokenSince, lastToken, workersAliveAt].every(isOptionalNumber) &&
    isListOf(outages, isSpan) &&
    isListOf(pieces, (piece) => isSpan(piece) && Number.isSafeInteger((piece as Partial<Piece>).attempts)) &&
    (job === undefined || (isSpan(job) && hasText(job, 'jobId'))) &&
    isListOf(jobEnds, (end) => hasText(end, 'jobId') && hasText(end, 'outcome')) &&
    isListOf(processes, isProcess) &&
    (lease === undefined || isLease(lease)) &&
    isListOf(shortGaps, isSpan)
  )
}

function isProcess(value: unknown): boolean {
  const { beat, aliveAt, failingSince, startedBehind } = Object(value) as Partial<RecoveryProcess>
  return (
    hasText(value, 'id') &&
    hasText(value, 'role') &&
    [beat, aliveAt].every(Number.isFinite) &&
    [failingSince, startedBehind].every(isOptionalNumber)
  )
}

function isLease(value: unknown): boolean {
  const { token, beat, at } = Object(value) as Partial<Lease>
  return hasText(value, 'holder') && [token, beat, at].every(Number.isFinite)
}

function hasText(value: unknown, name: string): boolean {
  return typeof (Object(value) as Record<string, unknown>)[name] === 'string'
}

function isOptionalNumber(value: unknown): boolean {
  return value === undefined || Number.isFinite(value)
}

function isListOf(value: unknown, isMember: (member: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isMember)
}

function isSpan(value: unknown): boolean {
  const { from, to } = Object(value) as Partial<Span>
  return Number.isFinite(from) && Number.isFinite(to)
}
