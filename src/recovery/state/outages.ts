import { minuteMs } from '../../internal/clock.ts'
import { partStarts } from '../../replay/split-replay-window.ts'
import type { Piece, RecoveryState } from './recovery-state.ts'
import { type Span, sortByStart, subtract, union } from './time-spans.ts'

/** When a gap is an outage, and how an outage is cut into pieces. */
export interface OutageLimits {
  /** A longer time without a heartbeat is an outage, in milliseconds. */
  readonly gapMs: number
  /** How much before an outage is replayed with it, in milliseconds. */
  readonly marginMs: number
  /** The longest piece, in minutes. */
  readonly windowMinutes: number
}

/** How much after an outage is replayed with it: X may find a process that is just starting still down. */
const marginAfterMs = minuteMs

/** Records that X has reached a receiver. */
export function recordReached(state: RecoveryState, now: number): RecoveryState {
  return { ...state, reachedAt: now }
}

/** Records that X cannot reach the webhook. The failure may have begun just after X last reached it. */
export function recordUnreachable(state: RecoveryState, now: number): RecoveryState {
  return { ...state, brokenSince: state.brokenSince ?? state.reachedAt ?? now }
}

/** Records that X can reach the webhook again. `outage` is the time in which it could not, if any. */
export function recordReachable(
  { brokenSince, ...state }: RecoveryState,
  now: number,
  limits: OutageLimits,
): { state: RecoveryState; outage?: Span } {
  const reached = recordReached(state, now)
  if (brokenSince === undefined || brokenSince >= now) return { state: reached }
  const outage = { from: brokenSince, to: now }
  return { state: addOutage(reached, outage, limits), outage }
}

/**
 * Adds an outage and the pieces to replay for it. They begin before the outage, because a delivery may have been in
 * progress when it began, and end after it. What is to be replayed already is not added again.
 */
export function addOutage(state: RecoveryState, outage: Span, limits: OutageLimits): RecoveryState {
  const wanted = {
    from: Math.floor((outage.from - limits.marginMs) / minuteMs) * minuteMs,
    to: Math.ceil((outage.to + marginAfterMs) / minuteMs) * minuteMs,
  }
  const added = subtract(wanted, state.pieces).flatMap((span) => split(span, limits.windowMinutes))
  const pieces = added.reduce((pieces, span) => addPiece({ ...state, pieces }, span, limits), state.pieces)
  return { ...state, outages: union([...state.outages, outage]), pieces: sortByStart(pieces) }
}

/** A shorter piece is joined to the one before it, so that many short outages do not need a job each. */
const shortPieceMs = 10 * minuteMs

/** The longest piece that pieces are joined to. */
const joinedPieceMs = 60 * minuteMs

function addPiece({ pieces, job }: RecoveryState, span: Span, { windowMinutes }: OutageLimits): readonly Piece[] {
  const isShort = span.to - span.from < shortPieceMs
  const before = pieces.find(({ to, from, attempts }) => {
    const isFree = attempts === 0 && (job === undefined || job.from !== from)
    return isShort && isFree && to === span.from && span.to - from <= Math.min(windowMinutes * minuteMs, joinedPieceMs)
  })
  if (before === undefined) return [...pieces, { ...span, attempts: 0 }]
  return pieces.map((piece) => (piece === before ? { ...piece, to: span.to } : piece))
}

/** A piece is sent only when it is old enough for X, so the last one may be short. */
function split(span: Span, minutes: number): Span[] {
  return partStarts(span, minutes).map((from, part, starts) => ({ from, to: starts[part + 1] ?? span.to }))
}
