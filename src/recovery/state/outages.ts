import { minuteMs } from '../../internal/clock.ts'
import { windowOf } from '../../replay/replay-window.ts'
import { splitReplayWindow } from '../../replay/split-replay-window.ts'
import type { RecoveryState } from './recovery-state.ts'
import { inOrder, type Span, subtract, union } from './time-spans.ts'

/** What an outage reaches beyond itself, and how large its pieces are. */
export interface NoticeLimits {
  /** How long without a heartbeat is an outage. */
  readonly gapMs: number
  readonly marginMs: number
  readonly windowMinutes: number
}

/** Events that happen while a process comes up may find it still down. */
const afterMs = minuteMs

/** The process is alive: since the heartbeat before, or not all the time. */
export function beat(state: RecoveryState, now: number, limits: NoticeLimits): { state: RecoveryState; gap?: Span } {
  const { aliveAt = now } = state
  const gap = { from: aliveAt, to: now }
  const alive = { ...state, aliveAt: now }
  return now - aliveAt > limits.gapMs ? { state: addOutage(alive, gap, limits), gap } : { state: alive }
}

/** X has reached the process. */
export function reach(state: RecoveryState, now: number): RecoveryState {
  return { ...state, reachedAt: now }
}

/** X cannot reach the webhook, nobody knows since when: it may be since the last time that it did. */
export function breakDown(state: RecoveryState, now: number): RecoveryState {
  return { ...state, brokenSince: state.brokenSince ?? state.reachedAt ?? now }
}

/** X can reach the webhook again. */
export function mend(
  { brokenSince, ...state }: RecoveryState,
  now: number,
  limits: NoticeLimits,
): { state: RecoveryState; outage?: Span } {
  const mended = reach(state, now)
  if (brokenSince === undefined || brokenSince >= now) return { state: mended }
  const outage = { from: brokenSince, to: now }
  return { state: addOutage(mended, outage, limits), outage }
}

/**
 * Something was missed. What is replayed begins before it, for an event may have been under way when it began, and ends
 * after it; what is open already is not replayed twice.
 */
export function addOutage(state: RecoveryState, outage: Span, limits: NoticeLimits): RecoveryState {
  const wanted = {
    from: Math.floor((outage.from - limits.marginMs) / minuteMs) * minuteMs,
    to: Math.ceil((outage.to + afterMs) / minuteMs) * minuteMs,
  }
  const fresh = subtract(wanted, state.pieces).flatMap((span) => split(span, limits.windowMinutes))
  return {
    ...state,
    outages: union([...state.outages, outage]),
    pieces: inOrder([...state.pieces, ...fresh.map((span) => ({ ...span, attempts: 0 }))]),
  }
}

function split({ from, to }: Span, minutes: number): Span[] {
  const windows = splitReplayWindow(windowOf(new Date(from), new Date(to)), { minutes })
  return windows.map((window) => ({ from: window.from.getTime(), to: window.to.getTime() }))
}
