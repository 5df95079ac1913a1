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

/** What a recovery keeps in its store. All times are in milliseconds since 1970. */
export interface RecoveryState {
  readonly version: 1
  /** The time of the last heartbeat. */
  readonly aliveAt?: number
  /** The last time that X is known to have reached the process. */
  readonly reachedAt?: number
  /** The time from which X may not have reached the webhook. Absent while X can reach it. */
  readonly brokenSince?: number
  /** The outages, to the millisecond. An outage is removed when no piece of it remains. */
  readonly outages: readonly Span[]
  /** What is still to be replayed, oldest first: the outages and the margins around them. */
  readonly pieces: readonly Piece[]
  /** The last job that X accepted. Absent once its outcome is known. */
  readonly job?: RunningJob
}

/** The state of a recovery that has never run. */
export const emptyState: RecoveryState = { version: 1, outages: [], pieces: [] }

/**
 * Reads a state that a store returned.
 *
 * @throws TypeError when the value has another form: another program uses the key, or a newer version wrote it.
 */
export function readState(value: unknown): RecoveryState {
  if (value === undefined || value === null) return emptyState
  if (isState(value)) return value
  throw new TypeError(
    `The recovery store returned a value (${kindOf(value)}) that this version did not write. ` +
      'Use a "store" whose keys no other program writes, and update x-account-activity in every process.',
  )
}

function isState(value: unknown): value is RecoveryState {
  const { version, aliveAt, reachedAt, brokenSince, outages, pieces, job } = Object(value) as Partial<RecoveryState>
  return (
    version === 1 &&
    [aliveAt, reachedAt, brokenSince].every((time) => time === undefined || Number.isFinite(time)) &&
    isListOf(outages, isSpan) &&
    isListOf(pieces, (piece) => isSpan(piece) && Number.isSafeInteger((piece as Partial<Piece>).attempts)) &&
    (job === undefined || (isSpan(job) && typeof job.jobId === 'string'))
  )
}

function isListOf(value: unknown, isMember: (member: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isMember)
}

function isSpan(value: unknown): boolean {
  const { from, to } = Object(value) as Partial<Span>
  return Number.isFinite(from) && Number.isFinite(to)
}
