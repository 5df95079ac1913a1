import { minuteMs } from '../../internal/clock.ts'
import type { RecoveryStep, RecoveryStepOf, TimeSpan } from '../recovery-step.ts'
import { type Span, union } from '../state/time-spans.ts'

/** A step without its time and its progress, which the reporter adds. */
export type StepDetails = {
  [Type in RecoveryStep['type']]: Omit<RecoveryStepOf<Type>, 'at' | 'progress'>
}[RecoveryStep['type']]

/** Called with each step. */
export type EmitStep = (step: RecoveryStep) => void

/** Emits the steps of one run, and sums up what the last one says. */
export interface StepReporter {
  /** Emits a step. */
  readonly report: (details: StepDetails) => void
  /** Adds a span that was replayed completely. */
  readonly addRecovered: (span: Span) => void
  /** Adds a span that is lost. */
  readonly addLost: (span: Span) => void
  /** Adds a time that is finished: recovered or lost. */
  readonly addFinishedMs: (ms: number) => void
  /** Emits the last step, unless there was nothing to recover. */
  readonly reportDone: () => void
}

export function createStepReporter({
  emit,
  now,
  pendingMs,
}: {
  readonly emit: EmitStep
  readonly now: () => number
  /** How much is still to be replayed, in milliseconds. */
  readonly pendingMs: () => number
}): StepReporter {
  const recovered: Span[] = []
  const lost: Span[] = []
  let finishedMs = 0

  const report = (details: StepDetails) => {
    const done = Math.round(finishedMs / minuteMs)
    const total = done + Math.round(pendingMs() / minuteMs)
    emit({ ...details, at: new Date(now()), progress: { done, total } } as RecoveryStep)
  }

  return {
    report,
    addRecovered: (span) => void recovered.push(span),
    addLost: (span) => void lost.push(span),
    addFinishedMs: (ms) => {
      finishedMs += ms
    },
    reportDone: () => {
      if (finishedMs === 0) return
      report({ type: 'done', recovered: union(recovered).map(toDates), lost: union(lost).map(toDates) })
    },
  }
}

export function toDates({ from, to }: Span): TimeSpan {
  return { from: new Date(from), to: new Date(to) }
}
