import { minuteMs } from '../../internal/clock.ts'
import type { Piece, RecoveryState, RunningJob } from './recovery-state.ts'
import { intersect, isSameSpan, type Span, subtract } from './time-spans.ts'

/** How an attempt to replay a piece ended. */
export type Outcome = 'complete' | 'incomplete' | 'timeout' | 'refused'

/** A new state, and the parts of the outages that it gives up. */
export interface StateUpdate {
  readonly state: RecoveryState
  readonly lost: readonly Span[]
}

/** Removes what is older than X keeps. */
export function removeExpired(state: RecoveryState, before: number): StateUpdate {
  const expired = { from: Number.NEGATIVE_INFINITY, to: before }
  return replacePieces(state, {
    pieces: state.pieces.flatMap((piece) => subtract(piece, [expired])),
    givenUp: intersect(expired, state.pieces),
  })
}

/**
 * Records how an attempt to replay a piece ended. A piece that failed is tried again as two halves: the half whose job is
 * complete is done, so each attempt narrows down what is missing. After `maxAttempts` the piece is given up.
 */
export function recordAttempt(
  state: RecoveryState,
  { piece, outcome, maxAttempts }: { piece: Piece; outcome: Outcome; maxAttempts: number },
): StateUpdate {
  const attempts = piece.attempts + 1
  const retried = outcome === 'complete' || attempts >= maxAttempts ? [] : halve({ ...piece, attempts })
  return replacePieces(withoutJobOf(state, piece), {
    pieces: state.pieces.flatMap((pending) => (isSameSpan(pending, piece) ? retried : [pending])),
    givenUp: outcome === 'complete' || retried.length > 0 ? [] : [piece],
  })
}

/** The piece that a job replays; `undefined` when it is not the last job of this recovery. */
export function pieceOfJob({ job, pieces }: RecoveryState, jobId: string): Piece | undefined {
  return job?.jobId === jobId ? pieces.find((piece) => isSameSpan(piece, job)) : undefined
}

function withoutJobOf({ job, ...state }: RecoveryState, piece: Piece): RecoveryState {
  const other: RunningJob | undefined = job !== undefined && isSameSpan(job, piece) ? undefined : job
  return { ...state, ...(other && { job: other }) }
}

/** An outage without pieces is removed. The parts of it that are given up now are lost. */
function replacePieces(
  state: RecoveryState,
  { pieces, givenUp }: { pieces: Piece[]; givenUp: readonly Span[] },
): StateUpdate {
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
