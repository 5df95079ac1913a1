import { minuteMs } from '../../internal/clock.ts'
import type { ReplayRules } from '../../replay/replay-rules.ts'
import type { Piece, RecoveryState } from './recovery-state.ts'

/** X's clock and ours differ, and a request takes time: every limit of X is kept with this distance. */
const clockToleranceMs = minuteMs

/** What a recovery does next. */
export type Action =
  | { readonly type: 'finish' }
  /** Gives up what is older than `before`: X cannot replay it any more. */
  | { readonly type: 'expire'; readonly before: number }
  | { readonly type: 'wait'; readonly until: number }
  | { readonly type: 'replay'; readonly piece: Piece }

/** The next action. The oldest piece comes first, because X removes the oldest events first. */
export function nextAction({ pieces }: RecoveryState, now: number, rules: ReplayRules): Action {
  const [piece] = pieces
  if (piece === undefined) return { type: 'finish' }
  const oldest = Math.ceil((now + clockToleranceMs) / minuteMs - rules.maxAgeMinutes) * minuteMs
  if (piece.from < oldest) return { type: 'expire', before: oldest }
  const acceptedAt = Math.max(
    piece.from + rules.minFromAgeMinutes * minuteMs,
    piece.to + rules.minToAgeMinutes * minuteMs,
  )
  const until = acceptedAt + clockToleranceMs
  return now < until ? { type: 'wait', until } : { type: 'replay', piece }
}
