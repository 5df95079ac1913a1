import { notify } from '../../internal/emit.ts'
import type { OutageCause } from '../recovery-step.ts'
import type { Settings } from '../settings.ts'
import { recordHeartbeat } from '../state/heartbeats.ts'
import { renewLease } from '../state/lease.ts'
import { recordReached } from '../state/outages.ts'
import type { RecoveryState } from '../state/recovery-state.ts'
import type { Span } from '../state/time-spans.ts'
import type { FailedDeliveries } from './failed-deliveries.ts'
import type { Leadership } from './leadership.ts'
import type { PersistedState } from './persisted-state.ts'
import { addJobEnds, type ReplayJobs } from './replay-jobs.ts'
import { type StepReporter, toDates } from './step-reporter.ts'

/** Records in the store that the process is alive, and notices outages by the gaps between two records. */
export interface Heartbeats {
  /** Records one heartbeat, and reports outages that it reveals to `reporter`. */
  readonly record: (reporter: StepReporter) => Promise<void>
  /** Records a heartbeat every `heartbeatMs` until the signal aborts. Errors go to `onError`. */
  readonly recordUntilAborted: (signal: AbortSignal, onRecorded: () => void) => Promise<void>
  /** Records a heartbeat for a delivery: it shows that the process is alive and that X reaches it. */
  readonly onDelivery: () => void
}

interface HeartbeatParts {
  readonly settings: Settings
  readonly persisted: PersistedState
  readonly leadership: Leadership
  readonly jobs: ReplayJobs
  readonly failures: FailedDeliveries
  readonly background: StepReporter
}

export function createHeartbeats(parts: HeartbeatParts): Heartbeats {
  const { settings, persisted, leadership, jobs, failures, background } = parts
  const { heartbeatMs, now, sleep, processId, role } = settings
  let hasStarted = false
  let lastDeliveryAt = Number.NEGATIVE_INFINITY
  /** How many regular heartbeats each process had recorded at the last one of this process. */
  let seenBeats = new Map<string, number>()
  /** For how many regular heartbeats of this process each other one has recorded none. */
  let silentFor = new Map<string, number>()

  const recordOne = async (reporter: StepReporter, { isReached, isRegular }: RecordOptions) => {
    const at = now()
    const expired = failures.expired()
    const ends = jobs.unsavedEnds()
    const { state, noticed } = await persisted.update((state) => {
      const recorded = recordHeartbeat(
        state,
        {
          processId,
          role,
          now: at,
          isRegular,
          beatsOfOthers: countBeats(state, seenBeats, processId),
          silentFor,
          failingSince: failures.since(),
          failed: expired?.span,
        },
        settings,
      )
      const renewed = renewLease(addJobEnds(recorded.state, ends), processId, at)
      return { ...recorded, state: isReached ? recordReached(renewed, at) : renewed }
    })
    hasStarted = true
    if (isRegular) silentFor = countSilence(state, seenBeats, silentFor)
    seenBeats = beatsOf(state)
    expired?.forget()
    jobs.onSaved(ends)
    if (isRegular) leadership.onHeartbeat(state)
    for (const outage of noticed) reportOutage(reporter, outage)
  }

  const recordInBackground = async (options: RecordOptions) => {
    try {
      await recordOne(background, options)
    } catch (error) {
      notify(settings.onError, error)
    }
  }

  return {
    record: (reporter) => recordOne(reporter, { isReached: false, isRegular: false }),
    async recordUntilAborted(signal, onRecorded) {
      for (;;) {
        await sleep(heartbeatMs, signal)
        if (signal.aborted) return
        await recordInBackground({ isReached: false, isRegular: true })
        onRecorded()
      }
    },
    onDelivery() {
      // Only a run reports a gap to its caller: before the first run, a heartbeat would hide the gap.
      const at = now()
      const isRecent = at >= lastDeliveryAt && at - lastDeliveryAt < heartbeatMs
      if (!hasStarted || isRecent) return
      lastDeliveryAt = at
      void recordInBackground({ isReached: true, isRegular: false })
    },
  }
}

interface RecordOptions {
  /** Whether X has just reached the process. */
  readonly isReached: boolean
  readonly isRegular: boolean
}

/** Emits an outage. */
export function reportOutage(reporter: StepReporter, { cause, ...span }: Span & { readonly cause: OutageCause }): void {
  reporter.report({ type: 'outage', cause, ...toDates(span) })
}

function beatsOf({ processes = [] }: RecoveryState): Map<string, number> {
  return new Map(processes.map(({ id, beat }) => [id, beat]))
}

function countSilence(
  { processes = [] }: RecoveryState,
  seen: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
): Map<string, number> {
  return new Map(processes.map(({ id, beat }) => [id, seen.get(id) === beat ? (before.get(id) ?? 0) + 1 : 0]))
}

/** How many regular heartbeats other receivers have recorded. A receiver that is new has recorded all of its own. */
function countBeats({ processes = [] }: RecoveryState, seen: ReadonlyMap<string, number>, processId: string): number {
  return processes
    .filter(({ id, role }) => id !== processId && role === 'receiver')
    .reduce((sum, { id, beat }) => sum + Math.max(beat - (seen.get(id) ?? 0), 0), 0)
}
