import { minuteMs } from '../../internal/clock.ts'
import type { RecoveryStep, RecoveryStepOf, TimeSpan } from '../recovery-step.ts'
import { type Span, union } from '../state/time-spans.ts'

/** What a step tells besides when it happened and how far things are. */
export type News = {
  [Type in RecoveryStep['type']]: Omit<RecoveryStepOf<Type>, 'at' | 'progress'>
}[RecoveryStep['type']]

/** Is told of each step. */
export type ReportStep = (step: RecoveryStep) => void

/** What has happened in a run. */
export interface StepReporter {
  /** Makes a step of news. */
  readonly say: (news: News) => void
  /** Something was replayed completely. */
  readonly recovered: (span: Span) => void
  /** Something is lost. */
  readonly lost: (span: Span) => void
  /** Something is open no more, whatever became of it. */
  readonly settled: (ms: number) => void
  /** The last step, where there was something to do. */
  readonly finish: () => void
}

export function createStepReporter({
  tell,
  now,
  openMs,
}: {
  readonly tell: ReportStep
  readonly now: () => number
  readonly openMs: () => number
}): StepReporter {
  const recovered: Span[] = []
  const lost: Span[] = []
  let settledMs = 0

  const say = (news: News) => {
    const done = Math.round(settledMs / minuteMs)
    const total = done + Math.round(openMs() / minuteMs)
    tell({ ...news, at: new Date(now()), progress: { done, total } } as RecoveryStep)
  }

  return {
    say,
    recovered: (span) => void recovered.push(span),
    lost: (span) => void lost.push(span),
    settled: (ms) => {
      settledMs += ms
    },
    finish: () => {
      if (settledMs === 0) return
      say({ type: 'done', recovered: union(recovered).map(toDates), lost: union(lost).map(toDates) })
    },
  }
}

export function toDates({ from, to }: Span): TimeSpan {
  return { from: new Date(from), to: new Date(to) }
}
