import { assertObject } from '../internal/assert.ts'
import type { Recovery, RecoveryOptions } from './recovery.ts'
import type { RecoveryStep, TimeSpan } from './recovery-step.ts'
import { createHeartbeat } from './run/heartbeat.ts'
import { createReplayJobs } from './run/replay-jobs.ts'
import { openMs } from './run/run-context.ts'
import { createRunLoop } from './run/run-loop.ts'
import { createStepReporter, type ReportStep, toDates } from './run/step-reporter.ts'
import { toAsyncIterable } from './run/to-async-iterable.ts'
import { readSettings } from './settings.ts'
import { addOutage } from './state/outages.ts'
import { createPersistedState } from './state/persisted-state.ts'
import type { Span } from './state/time-spans.ts'

/**
 * Notices outages of a receiver, and has X replay what was missed.
 *
 * An outage is a time without heartbeats (the process was down, or hung) and a webhook that X could not reach. Its
 * windows are asked for as soon as X accepts them, oldest first and one at a time; what a job missed is tried again in
 * smaller windows; what cannot be brought back is told to the millisecond. All of it survives the process in the store.
 *
 * Events of a window that were handled before come again: the receiver's dedupe store must remember as far back as
 * replays reach, 24 hours.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 * @throws RangeError when one is out of range.
 * @see https://docs.x.com/x-api/account-activity/quickstart
 *
 * @example
 * import { createClient, createReceiver } from 'x-account-activity'
 * import { createMemoryRecoveryStore, createRecovery } from 'x-account-activity/recovery'
 *
 * const receiver = createReceiver({ consumerSecret: 'consumer-secret' })
 * const client = createClient({ consumerKey: 'key', consumerSecret: 'consumer-secret' })
 * const store = createMemoryRecoveryStore()
 * const recovery = createRecovery({ client, webhookId: '1146654567674912769', receiver, store })
 *
 * async function recoverNow(): Promise<void> {
 *   for await (const step of recovery.run()) console.log(step.type, step.progress)
 * }
 */
export function createRecovery(options: RecoveryOptions): Recovery {
  const settings = readSettings(options)
  const { receiver, webhookId, tell, now } = settings
  const ledger = createPersistedState(settings.store, webhookId)
  const jobs = createReplayJobs(webhookId)
  const journalFor = (tell: ReportStep) => createStepReporter({ tell, now, openMs: () => openMs(ledger.current()) })
  const background = journalFor(tell)
  const heart = createHeartbeat(settings, ledger, background)
  const runs = createRunLoop({ settings, ledger, jobs, heart, journalFor })
  const removers = [receiver.onAny(heart.delivered), receiver.on('replay_job_status', jobs.see)]

  return {
    run: ({ signal } = {}) =>
      toAsyncIterable((emit, left) => {
        const toBoth = (step: RecoveryStep) => {
          tell(step)
          emit(step)
        }
        return runs.once(toBoth, signal === undefined ? left : AbortSignal.any([signal, left]))
      }),
    start({ signal } = {}) {
      const stopped = new AbortController()
      const watching = runs.watch(
        tell,
        signal === undefined ? stopped.signal : AbortSignal.any([signal, stopped.signal]),
      )
      return async () => {
        stopped.abort()
        await watching
      }
    },
    async report(span) {
      const outage = readSpan(span, now())
      await ledger.change((state) => ({ state: addOutage(state, outage, settings) }))
      background.say({ type: 'outage', cause: 'reported', ...toDates(outage) })
    },
    async close() {
      for (const remove of removers.splice(0)) remove()
      await runs.close()
    },
  }
}

function readSpan(span: TimeSpan, now: number): Span {
  assertObject(span, 'span')
  const { from, to } = span
  if (!(from instanceof Date && to instanceof Date)) throw new TypeError('"from" and "to" must be Dates')
  if (!(from.getTime() < to.getTime())) throw new RangeError('"from" must be before "to"')
  if (to.getTime() > now) throw new RangeError('"to" must not be in the future')
  return { from: from.getTime(), to: to.getTime() }
}
