import { notify } from '../../internal/emit.ts'
import { createMutex } from '../../internal/mutex.ts'
import { LeaseLostError } from '../state/lease.ts'
import type { Heartbeats } from './heartbeat.ts'
import type { Leadership } from './leadership.ts'
import { type RunContext, waitUntil } from './run-context.ts'
import { runPass } from './run-pass.ts'
import type { EmitStep, StepReporter } from './step-reporter.ts'

/** The runs of a recovery. Their passes run one at a time. A run stops when its signal aborts or the loop is closed. */
export interface RunLoop {
  /** Runs one pass. While another process has the lease, it waits until nothing is left to recover. */
  readonly runOnce: (emit: EmitStep, signal: AbortSignal) => Promise<void>
  /**
   * Runs a pass every `checkMs`, and when the lease becomes free. It never rejects: errors go to `onError`, and the next pass
   * runs as planned.
   */
  readonly runOnSchedule: (emit: EmitStep, signal: AbortSignal) => Promise<void>
  /** Stops all runs, and resolves when they have ended. */
  readonly close: () => Promise<void>
}

interface RunLoopParts extends Pick<RunContext, 'settings' | 'persisted' | 'jobs'> {
  readonly heartbeat: Heartbeats
  readonly leadership: Leadership
  readonly createReporter: (emit: EmitStep) => StepReporter
}

export function createRunLoop({ heartbeat, leadership, createReporter, ...parts }: RunLoopParts): RunLoop {
  const { settings, persisted } = parts
  const runExclusive = createMutex()
  const closed = new AbortController()
  const activeRuns = new Set<Promise<void>>()
  let wake = new AbortController()

  /** Whether this process had the lease until the end of the pass. */
  const passAsLeader = async (reporter: StepReporter, signal: AbortSignal, options?: { readonly probe: boolean }) => {
    const lease = await leadership.acquire()
    if (lease === undefined) return false
    try {
      const context = { ...parts, persisted: lease.persisted, reporter, signal: AbortSignal.any([signal, lease.lost]) }
      await runPass(context, options)
      return true
    } catch (error) {
      signal.throwIfAborted()
      if (lease.lost.aborted || error instanceof LeaseLostError) return false
      throw error
    }
  }

  const passOnce = (emit: EmitStep, signal: AbortSignal) =>
    runExclusive(async () => {
      signal.throwIfAborted()
      const reporter = createReporter(emit)
      await heartbeat.record(reporter)
      while (!(await passAsLeader(reporter, signal))) {
        if (persisted.current().pieces.length === 0) return
        const until = settings.now() + settings.heartbeatMs
        await waitUntil({ ...parts, reporter, signal }, 'other_process', until)
      }
    })

  const passOfSchedule = (emit: EmitStep, signal: AbortSignal) =>
    runExclusive(async () => {
      signal.throwIfAborted()
      const reporter = createReporter(emit)
      await heartbeat.record(reporter)
      await passAsLeader(reporter, signal, settings)
    })

  const passOnSchedule = async (emit: EmitStep, signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        await passOfSchedule(emit, signal)
      } catch (error) {
        if (!signal.aborted) notify(settings.onError, error)
      }
      wake = new AbortController()
      await settings.sleep(settings.checkMs, AbortSignal.any([signal, wake.signal]))
    }
  }

  /** Records heartbeats for as long as `run` lasts, and gives the lease back after it. */
  const withHeartbeat = async (outerSignal: AbortSignal, run: (signal: AbortSignal) => Promise<void>) => {
    const finished = new AbortController()
    const signal = AbortSignal.any([outerSignal, closed.signal])
    const onRecorded = () => {
      if (leadership.canTakeOver()) wake.abort()
    }
    const recording = heartbeat.recordUntilAborted(AbortSignal.any([signal, finished.signal]), onRecorded)
    try {
      await run(signal)
    } finally {
      finished.abort()
      await recording
      if (activeRuns.size <= 1) await releaseLease()
    }
  }

  const releaseLease = async () => {
    try {
      await leadership.release()
    } catch (error) {
      notify(settings.onError, error)
    }
  }

  const track = (run: Promise<void>) => {
    activeRuns.add(run)
    const remove = () => activeRuns.delete(run)
    run.then(remove, remove)
    return run
  }

  return {
    runOnce: (emit, outerSignal) => track(withHeartbeat(outerSignal, (signal) => passOnce(emit, signal))),
    runOnSchedule: (emit, outerSignal) => track(withHeartbeat(outerSignal, (signal) => passOnSchedule(emit, signal))),
    async close() {
      closed.abort()
      await Promise.allSettled(activeRuns)
    },
  }
}
