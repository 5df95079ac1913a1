import type { ReplayRules } from '../../replay/replay-rules.ts'
import type { Piece, RecoveryState } from './recovery-state.ts'

const minute = 60_000

/** X's clock and this machine's differ, and a request takes its time: no rule is used to the last second. */
const slackMs = minute

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
  const oldest = Math.ceil((now + slackMs) / minute - rules.maxAgeMinutes) * minute
  if (piece.from < oldest) return { type: 'expire', before: oldest }
  const until =
    slackMs + Math.max(piece.from + rules.minFromAgeMinutes * minute, piece.to + rules.minToAgeMinutes * minute)
  return now < until ? { type: 'wait', until } : { type: 'replay', piece }
}
