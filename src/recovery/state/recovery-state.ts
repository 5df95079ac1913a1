import { kindOf } from '../../internal/assert.ts'
import type { Span } from './time-spans.ts'

/** A stretch of time in whole minutes that is to be replayed. */
export interface Piece extends Span {
  /** How often that was tried. */
  readonly attempts: number
}

/** A replay job that X has taken on. */
export interface RunningJob extends Span {
  readonly jobId: string
}

/** What a recovery keeps in its store. Times are milliseconds since 1970. */
export interface RecoveryState {
  readonly version: 1
  /** When the process was last seen alive. */
  readonly aliveAt?: number
  /** When X was last seen to reach it. */
  readonly reachedAt?: number
  /** Since when the webhook cannot be reached, while it cannot. */
  readonly brokenSince?: number
  /** When something was missed, to the millisecond; as long as a piece of it is open. */
  readonly outages: readonly Span[]
  /** What is still to be replayed, oldest first; a little more than the outages. */
  readonly pieces: readonly Piece[]
  /** The last job that X took on, until its end is known. */
  readonly job?: RunningJob
}

export const noState: RecoveryState = { version: 1, outages: [], pieces: [] }

/**
 * A state as it comes out of a store.
 *
 * @throws TypeError when it is none: the key is somebody else's, or a newer version wrote it.
 */
export function readState(value: unknown): RecoveryState {
  if (value === undefined || value === null) return noState
  if (isState(value)) return value
  throw new TypeError(`The store must hold what a recovery of this version wrote, got ${kindOf(value)} of another form`)
}

function isState(value: unknown): value is RecoveryState {
  const { version, aliveAt, reachedAt, brokenSince, outages, pieces, job } = Object(value) as Partial<RecoveryState>
  return (
    version === 1 &&
    [aliveAt, reachedAt, brokenSince].every((time) => time === undefined || Number.isFinite(time)) &&
    isList(outages, isSpan) &&
    isList(pieces, (piece) => isSpan(piece) && Number.isSafeInteger((piece as Partial<Piece>).attempts)) &&
    (job === undefined || (isSpan(job) && typeof job.jobId === 'string'))
  )
}

function isList(value: unknown, isMember: (member: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isMember)
}

function isSpan(value: unknown): boolean {
  const { from, to } = Object(value) as Partial<Span>
  return Number.isFinite(from) && Number.isFinite(to)
}
