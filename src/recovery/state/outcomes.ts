import { minuteMs } from '../../internal/clock.ts'
import type { Piece, RecoveryState } from './recovery-state.ts'
import { intersect, type Span, subtract } from './time-spans.ts'

/** How an attempt to replay a piece ended. */
export type Outcome = 'complete' | 'incomplete' | 'timeout' | 'refused'

/** The state after something was settled, and what of the outages is lost by it. */
export interface Settlement {
  readonly state: RecoveryState
  readonly lost: readonly Span[]
}

/** X has forgotten what was before a time. */
export function expire(state: RecoveryState, before: number): Settlement {
  const past = { from: Number.NEGATIVE_INFINITY, to: before }
  return settled(state, {
    pieces: state.pieces.flatMap((piece) => subtract(piece, [past])),
    givenUp: intersect(past, state.pieces),
  })
}

/**
 * A piece was tried. What is still missing of one that failed is tried again in two halves, and so is narrowed down with
 * every attempt: the half that is complete is done.
 */
export function settle(
  state: RecoveryState,
  { piece, outcome, maxAttempts }: { piece: Piece; outcome: Outcome; maxAttempts: number },
): Settlement {
  const attempts = piece.attempts + 1
  const again = outcome === 'complete' || attempts >= maxAttempts ? [] : halve({ ...piece, attempts })
  return settled(state, {
    pieces: state.pieces.flatMap((open) => (isSame(open, piece) ? again : [open])),
    givenUp: outcome === 'complete' || again.length > 0 ? [] : [piece],
  })
}

/** An outage is forgotten when no piece of it is open, and what is given up of it now is lost. */
function settled(state: RecoveryState, { pieces, givenUp }: { pieces: Piece[]; givenUp: readonly Span[] }): Settlement {
  const outages = state.outages.filter((outage) => intersect(outage, pieces).length > 0)
  return {
    state: { ...state, pieces, outages },
    lost: givenUp.flatMap((span) => intersect(span, state.outages)),
  }
}

function halve(piece: Piece): Piece[] {
  const middle = Math.ceil((piece.from + piece.to) / 2 / minuteMs) * minuteMs
  const halves = [
    { ...piece, to: middle },
    { ...piece, from: middle },
  ]
  return middle < piece.to ? halves : [piece]
}

function isSame(a: Span, b: Span): boolean {
  return a.from === b.from && a.to === b.to
}
