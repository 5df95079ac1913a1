import { minuteMs } from '../../internal/clock.ts'
import { partStarts } from '../../replay/split-replay-window.ts'
import type { RecoveryState } from './recovery-state.ts'
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

/** Records a heartbeat. `gap` is the outage that it reveals, if any: the process was not alive since the last one. */
export function recordHeartbeat(
  state: RecoveryState,
  now: number,
  limits: OutageLimits,
): { state: RecoveryState; gap?: Span } {
  const { aliveAt = now } = state
  const gap = { from: aliveAt, to: now }
  const alive = { ...state, aliveAt: now }
  return now - aliveAt > limits.gapMs ? { state: addOutage(alive, gap, limits), gap } : { state: alive }
}

/** Records that X has reached the process. */
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
  return {
    ...state,
    outages: union([...state.outages, outage]),
    pieces: sortByStart([...state.pieces, ...added.map((span) => ({ ...span, attempts: 0 }))]),
  }
}

/** A piece is sent only when it is old enough for X, so the last one may be short. */
function split(span: Span, minutes: number): Span[] {
  return partStarts(span, minutes).map((from, part, starts) => ({ from, to: starts[part + 1] ?? span.to }))
}
