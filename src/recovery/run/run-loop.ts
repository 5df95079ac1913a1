import { createMutex } from '../../internal/mutex.ts'
import { notify } from '../../internal/notify.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { RunContext } from './run-context.ts'
import { runPass } from './run-pass.ts'
import type { ReportStep, StepReporter } from './step-reporter.ts'

/** What a recovery does with its time: passes, one after the other. They end with their signal, or when it is closed. */
export interface RunLoop {
  /** One pass. */
  readonly once: (tell: ReportStep, signal: AbortSignal) => Promise<void>
  /** A pass every now and then. It does not reject: what goes wrong is told to `onError`, and the next pass comes. */
  readonly watch: (tell: ReportStep, signal: AbortSignal) => Promise<void>
  /** Ends all of them, and resolves when they have come to rest. */
  readonly close: () => Promise<void>
}

interface Parts extends Pick<RunContext, 'settings' | 'ledger' | 'jobs'> {
  readonly heart: Heartbeat
  readonly journalFor: (tell: ReportStep) => StepReporter
}

export function createRunLoop({ heart, journalFor, ...parts }: Parts): RunLoop {
  const { settings } = parts
  const inTurn = createMutex()
  const closed = new AbortController()
  const underWay = new Set<Promise<void>>()

  const pass = (tell: ReportStep, signal: AbortSignal, options?: { readonly probe: boolean }) =>
    inTurn(async () => {
      signal.throwIfAborted()
      const journal = journalFor(tell)
      await heart.beat(journal)
      await runPass({ ...parts, journal, signal }, options)
    })

  const passOnSchedule = async (tell: ReportStep, signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        await pass(tell, signal, settings)
      } catch (error) {
        if (!signal.aborted) notify(settings.onError, error)
      }
      await settings.sleep(settings.checkMs, signal)
    }
  }

  /** Heartbeats go on while there is work, and end with it. */
  const whileBeating = async (signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>) => {
    const over = new AbortController()
    const isOpen = AbortSignal.any([signal, closed.signal])
    const beating = heart.keepBeating(AbortSignal.any([isOpen, over.signal]))
    try {
      await work(isOpen)
    } finally {
      over.abort()
      await beating
    }
  }

  const keep = (run: Promise<void>) => {
    underWay.add(run)
    const forget = () => underWay.delete(run)
    run.then(forget, forget)
    return run
  }

  return {
    once: (tell, signal) => keep(whileBeating(signal, (isOpen) => pass(tell, isOpen))),
    watch: (tell, signal) => keep(whileBeating(signal, (isOpen) => passOnSchedule(tell, isOpen))),
    async close() {
      closed.abort()
      await Promise.allSettled(underWay)
    },
  }
}
