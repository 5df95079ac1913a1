import { type ReplayWindow, replayWindow, splitReplayWindow, v2ReplayRules } from '../../entries/replay.ts'
import type { Outage } from './watch-url.ts'

/** How an outage can be replayed. */
export interface ReplayPlan {
  /** The windows, oldest first. Empty when X keeps none of the events any more. */
  readonly windows: readonly ReplayWindow[]
  /** From when on X accepts the last of them, in milliseconds since 1970. */
  readonly acceptedFrom: number
  /** Until when X accepts the first of them as a whole, in milliseconds since 1970. */
  readonly acceptedUntil: number
  /** What is lost, because X keeps events for a day only. Absent when nothing is. */
  readonly lost?: Outage
}

const minuteMs = 60_000

/** The windows that X accepts for an outage, now or in some minutes. */
export function planReplay({ from, to }: Outage, now: number): ReplayPlan {
  const { maxAgeMinutes, minFromAgeMinutes, minToAgeMinutes } = v2ReplayRules
  const end = ceilMinute(to)
  const endAcceptedFrom = Math.max(now, end + minToAgeMinutes * minuteMs)
  // A minute less, so that there is time to ask for it.
  const oldest = ceilMinute(endAcceptedFrom - (maxAgeMinutes - 1) * minuteMs)
  const start = Math.max(floorMinute(from), oldest)
  const lost = from < oldest ? { lost: { from, to: Math.min(to, oldest) } } : {}
  const acceptedFrom = Math.max(endAcceptedFrom, start + minFromAgeMinutes * minuteMs)
  const acceptedUntil = start + maxAgeMinutes * minuteMs
  if (start >= end) return { windows: [], acceptedFrom, acceptedUntil, ...lost }
  // X rejects windows that are too young. In `acceptedFrom`, this one no longer is.
  const window = replayWindow({ from: new Date(start), to: new Date(end) }, { now: new Date(acceptedFrom) })
  return { windows: splitReplayWindow(window), acceptedFrom, acceptedUntil, ...lost }
}

function floorMinute(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs
}

function ceilMinute(ms: number): number {
  return Math.ceil(ms / minuteMs) * minuteMs
}
