import { minuteMs } from '../../internal/clock.ts'
import type { ReplayRules } from '../../replay/replay-rules.ts'
import type { Piece, RecoveryState } from './recovery-state.ts'

/** X's clock and this machine's differ, and a request takes its time: no rule is used to the last second. */
const slackMs = minuteMs

/** What a recovery does next. */
export type Action =
  | { readonly type: 'finish' }
  /** What is older than this cannot be replayed any more. */
  | { readonly type: 'expire'; readonly before: number }
  | { readonly type: 'wait'; readonly until: number }
  | { readonly type: 'replay'; readonly piece: Piece }

/** The oldest piece goes first, for it is the first that X forgets. */
export function nextAction({ pieces }: RecoveryState, now: number, rules: ReplayRules): Action {
  const [piece] = pieces
  if (piece === undefined) return { type: 'finish' }
  const oldest = Math.ceil((now + slackMs) / minuteMs - rules.maxAgeMinutes) * minuteMs
  if (piece.from < oldest) return { type: 'expire', before: oldest }
  const until =
    slackMs + Math.max(piece.from + rules.minFromAgeMinutes * minuteMs, piece.to + rules.minToAgeMinutes * minuteMs)
  return now < until ? { type: 'wait', until } : { type: 'replay', piece }
}
