import { notify } from '../../internal/notify.ts'
import type { Settings } from '../settings.ts'
import { beat, reach } from '../state/outages.ts'
import type { PersistedState } from '../state/persisted-state.ts'
import { type StepReporter, toDates } from './step-reporter.ts'

/** Records that the process is alive, and notices when it was not. */
export interface Heartbeat {
  /** Beats once, and says what it has noticed in the journal of whoever asked. */
  readonly beat: (journal: StepReporter) => Promise<void>
  /** Beats on a schedule until the signal fires. */
  readonly keepBeating: (signal: AbortSignal) => Promise<void>
  /** A delivery has come in, which is a heartbeat as well. */
  readonly delivered: () => void
}

export function createHeartbeat(settings: Settings, ledger: PersistedState, background: StepReporter): Heartbeat {
  const { heartbeatMs, now, sleep } = settings
  let hasBegun = false
  let reachedAt = Number.NEGATIVE_INFINITY

  const beatOnce = async (journal: StepReporter, { isReached }: { isReached: boolean }) => {
    const at = now()
    const { gap } = await ledger.change((state) => {
      const made = beat(state, at, settings)
      return isReached ? { ...made, state: reach(made.state, at) } : made
    })
    const cause = hasBegun ? 'no_heartbeat' : 'process_start'
    hasBegun = true
    if (gap !== undefined) journal.say({ type: 'outage', cause, ...toDates(gap) })
  }

  const beatInBackground = async (isReached: boolean) => {
    try {
      await beatOnce(background, { isReached })
    } catch (error) {
      notify(settings.onError, error)
    }
  }

  return {
    beat: (journal) => beatOnce(journal, { isReached: false }),
    async keepBeating(signal) {
      for (;;) {
        await sleep(heartbeatMs, signal)
        if (signal.aborted) return
        await beatInBackground(false)
      }
    },
    delivered() {
      // Before the first run nobody has looked for a gap, and one written over is not found any more.
      if (!hasBegun || now() - reachedAt < heartbeatMs) return
      reachedAt = now()
      void beatInBackground(true)
    },
  }
}
