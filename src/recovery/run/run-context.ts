import { sleepUntil } from '../../internal/timers.ts'
import type { LossReason, WaitReason } from '../recovery-step.ts'
import type { Settings } from '../settings.ts'
import type { StateUpdate } from '../state/outcomes.ts'
import type { RecoveryState } from '../state/recovery-state.ts'
import { totalMs } from '../state/time-spans.ts'
import { classifyRefusal } from './classify-refusal.ts'
import type { PersistedState } from './persisted-state.ts'
import type { ReplayJobs } from './replay-jobs.ts'
import { type StepReporter, toDates } from './step-reporter.ts'

/** What every part of a run uses. */
export interface RunContext {
  readonly settings: Settings
  readonly persisted: PersistedState
  readonly jobs: ReplayJobs
  readonly reporter: StepReporter
  /** Stops the run. */
  readonly signal: AbortSignal
}

/** Reports that the run waits, and waits. */
export async function waitUntil(
  { reporter, settings, signal }: RunContext,
  reason: WaitReason,
  until: number,
): Promise<void> {
  reporter.report({ type: 'waiting', reason, until: new Date(until) })
  await sleepUntil(until, settings, signal)
}

/** Makes a call to X. While X is unavailable or limits the rate, it waits and makes the call again. */
export async function callWithRetries<T>(context: RunContext, call: () => Promise<T>): Promise<T> {
  const { settings, signal } = context
  for (;;) {
    try {
      return await call()
    } catch (error) {
      signal.throwIfAborted()
      const refusal = classifyRefusal(error)
      if (refusal.type !== 'wait') throw error
      await waitUntil(context, refusal.reason, refusal.until ?? settings.now() + settings.retryMs)
    }
  }
}

/** Changes the state, and reports what the change gives up as lost. */
export async function applyUpdate(
  { persisted, reporter }: RunContext,
  reason: LossReason,
  change: (state: RecoveryState) => StateUpdate,
): Promise<void> {
  const before = totalMs(persisted.current().pieces)
  const { state, lost } = await persisted.update(change)
  reporter.addFinishedMs(before - totalMs(state.pieces))
  for (const span of lost) {
    reporter.addLost(span)
    reporter.report({ type: 'lost', reason, ...toDates(span) })
  }
}
