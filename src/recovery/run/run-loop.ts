import { notify } from '../../internal/emit.ts'
import { createMutex } from '../../internal/mutex.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { RunContext } from './run-context.ts'
import { runPass } from './run-pass.ts'
import type { EmitStep, StepReporter } from './step-reporter.ts'

/** The runs of a recovery. Their passes run one at a time. A run stops when its signal aborts or the loop is closed. */
export interface RunLoop {
  /** Runs one pass. */
  readonly runOnce: (emit: EmitStep, signal: AbortSignal) => Promise<void>
  /** Runs a pass every `checkMs`. It never rejects: errors go to `onError`, and the next pass runs as planned. */
  readonly runOnSchedule: (emit: EmitStep, signal: AbortSignal) => Promise<void>
  /** Stops all runs, and resolves when they have ended. */
  readonly close: () => Promise<void>
}

interface RunLoopParts extends Pick<RunContext, 'settings' | 'persisted' | 'jobs'> {
  readonly heartbeat: Heartbeat
  readonly createReporter: (emit: EmitStep) => StepReporter
}

export function createRunLoop({ heartbeat, createReporter, ...parts }: RunLoopParts): RunLoop {
  const { settings } = parts
  const runExclusive = createMutex()
  const closed = new AbortController()
  const activeRuns = new Set<Promise<void>>()

  const pass = (emit: EmitStep, signal: AbortSignal, options?: { readonly probe: boolean }) =>
    runExclusive(async () => {
      signal.throwIfAborted()
      const reporter = createReporter(emit)
      await heartbeat.record(reporter)
      await runPass({ ...parts, reporter, signal }, options)
    })

  const passOnSchedule = async (emit: EmitStep, signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        await pass(emit, signal, settings)
      } catch (error) {
        if (!signal.aborted) notify(settings.onError, error)
      }
      await settings.sleep(settings.checkMs, signal)
    }
  }

  /** Records heartbeats for as long as `run` lasts. */
  const withHeartbeat = async (outerSignal: AbortSignal, run: (signal: AbortSignal) => Promise<void>) => {
    const finished = new AbortController()
    const signal = AbortSignal.any([outerSignal, closed.signal])
    const recording = heartbeat.recordUntilAborted(AbortSignal.any([signal, finished.signal]))
    try {
      await run(signal)
    } finally {
      finished.abort()
      await recording
    }
  }

  const track = (run: Promise<void>) => {
    activeRuns.add(run)
    const remove = () => activeRuns.delete(run)
    run.then(remove, remove)
    return run
  }

  return {
    runOnce: (emit, outerSignal) => track(withHeartbeat(outerSignal, (signal) => pass(emit, signal))),
    runOnSchedule: (emit, outerSignal) => track(withHeartbeat(outerSignal, (signal) => passOnSchedule(emit, signal))),
    async close() {
      closed.abort()
      await Promise.allSettled(activeRuns)
    },
  }
}
