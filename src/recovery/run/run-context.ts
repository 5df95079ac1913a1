import { pauseUntil } from '../../internal/timers.ts'
import type { LossReason, WaitReason } from '../recovery-step.ts'
import type { Settings } from '../settings.ts'
import type { Settlement } from '../state/outcomes.ts'
import type { PersistedState } from '../state/persisted-state.ts'
import type { RecoveryState } from '../state/recovery-state.ts'
import type { Span } from '../state/time-spans.ts'
import { classifyRefusal } from './classify-refusal.ts'
import type { ReplayJobs } from './replay-jobs.ts'
import { type StepReporter, toDates } from './step-reporter.ts'

/** What a run works with. */
export interface RunContext {
  readonly settings: Settings
  readonly ledger: PersistedState
  readonly jobs: ReplayJobs
  readonly journal: StepReporter
  readonly signal: AbortSignal
}

export async function waitUntil(
  { journal, settings, signal }: RunContext,
  reason: WaitReason,
  until: number,
): Promise<void> {
  journal.say({ type: 'waiting', reason, until: new Date(until) })
  await pauseUntil(until, settings, signal)
}

/** Makes a call to X, again and again while it is not there or the rate limit is used up. */
export async function patiently<T>(work: RunContext, call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      work.signal.throwIfAborted()
      const refusal = classifyRefusal(error)
      if (refusal.type !== 'wait') throw error
      await waitUntil(work, refusal.reason, refusal.until ?? work.settings.now() + work.settings.retryMs)
    }
  }
}

/** Puts down how something ended, and says what is lost by it. */
export async function book(
  { ledger, journal }: RunContext,
  reason: LossReason,
  settle: (state: RecoveryState) => Settlement,
): Promise<void> {
  const before = openMs(ledger.current())
  const { state, lost } = await ledger.change(settle)
  journal.settled(before - openMs(state))
  for (const span of lost) {
    journal.lost(span)
    journal.say({ type: 'lost', reason, ...toDates(span) })
  }
}

export function openMs({ pieces }: RecoveryState): number {
  return pieces.reduce((sum, { from, to }: Span) => sum + to - from, 0)
}
