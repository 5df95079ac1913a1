import { notify } from '../../internal/emit.ts'
import type { Settings } from '../settings.ts'
import { recordHeartbeat, recordReached } from '../state/outages.ts'
import type { PersistedState } from './persisted-state.ts'
import { type StepReporter, toDates } from './step-reporter.ts'

/** Records in the store that the process is alive, and notices outages by the gaps between two records. */
export interface Heartbeat {
  /** Records one heartbeat, and reports an outage that it reveals to `reporter`. */
  readonly record: (reporter: StepReporter) => Promise<void>
  /** Records a heartbeat every `heartbeatMs` until the signal aborts. Errors go to `onError`. */
  readonly recordUntilAborted: (signal: AbortSignal) => Promise<void>
  /** Records a heartbeat for a delivery: it shows that the process is alive and that X reaches it. */
  readonly onDelivery: () => void
}

export function createHeartbeat(settings: Settings, persisted: PersistedState, background: StepReporter): Heartbeat {
  const { heartbeatMs, now, sleep } = settings
  let hasStarted = false
  let lastDeliveryAt = Number.NEGATIVE_INFINITY

  const recordOne = async (reporter: StepReporter, { isReached }: { isReached: boolean }) => {
    const at = now()
    const { gap } = await persisted.update((state) => {
      const recorded = recordHeartbeat(state, at, settings)
      return isReached ? { ...recorded, state: recordReached(recorded.state, at) } : recorded
    })
    const cause = hasStarted ? 'no_heartbeat' : 'process_start'
    hasStarted = true
    if (gap !== undefined) reporter.report({ type: 'outage', cause, ...toDates(gap) })
  }

  const recordInBackground = async (isReached: boolean) => {
    try {
      await recordOne(background, { isReached })
    } catch (error) {
      notify(settings.onError, error)
    }
  }

  return {
    record: (reporter) => recordOne(reporter, { isReached: false }),
    async recordUntilAborted(signal) {
      for (;;) {
        await sleep(heartbeatMs, signal)
        if (signal.aborted) return
        await recordInBackground(false)
      }
    },
    onDelivery() {
      // Only a run reports a gap to its caller: before the first run, a heartbeat would hide the gap.
      if (!hasStarted || now() - lastDeliveryAt < heartbeatMs) return
      lastDeliveryAt = now()
      void recordInBackground(true)
    },
  }
}
