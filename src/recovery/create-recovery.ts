import { assertObject } from '../internal/assert.ts'
import { withAsyncDispose } from '../internal/async-dispose.ts'
import { notify } from '../internal/emit.ts'
import type { Recovery, RecoveryOptions } from './recovery.ts'
import { statusOf } from './recovery-status.ts'
import type { RecoveryStep, TimeSpan } from './recovery-step.ts'
import { createFailedDeliveries } from './run/failed-deliveries.ts'
import { createHeartbeats, reportOutage } from './run/heartbeat.ts'
import { createLeadership } from './run/leadership.ts'
import { observeReceiver } from './run/observe-receiver.ts'
import { createPersistedState, type PersistedState } from './run/persisted-state.ts'
import { createReplayJobs } from './run/replay-jobs.ts'
import { createRunLoop } from './run/run-loop.ts'
import { createStepReporter, type EmitStep, toDates } from './run/step-reporter.ts'
import { toAsyncIterable } from './run/to-async-iterable.ts'
import { readSettings } from './settings.ts'
import { everythingThatXKeeps } from './state/heartbeats.ts'
import { removeProcess } from './state/lease.ts'
import { addOutage } from './state/outages.ts'
import { emptyState } from './state/recovery-state.ts'
import { type Span, totalMs } from './state/time-spans.ts'

/**
 * Creates a recovery: it notices outages of a receiver, and asks X to replay the events that the receiver missed.
 *
 * An outage is a time without heartbeats (no receiver was running, or all were blocked), a time in which X could not reach the
 * webhook, or a time in which deliveries failed for longer than X tries them again. Each window of an outage is requested as
 * soon as X accepts it, oldest first, one job at a time. A job that is incomplete is tried again in smaller windows. Spans that
 * cannot be recovered are reported exactly. All of this is kept in the store, so the next process continues where this one
 * ended.
 *
 * Create one in each process that has a receiver for the webhook: one of them makes the replay jobs, and another takes over
 * within a minute when it dies. They share the store. A replay delivers events again that were handled before, so the dedupe
 * store of the receiver must remember events for at least 24 hours.
 *
 * @throws TypeError when an option is missing or of the wrong type.
 * @throws RangeError when an option is out of range.
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
  const { receiver, webhookId, emit, now, processId } = settings
  const jobs = createReplayJobs(webhookId)
  const failures = createFailedDeliveries(settings)
  const persisted: PersistedState = createPersistedState({
    ...settings,
    key: webhookId,
    createFreshState: () => addOutage(emptyState, everythingThatXKeeps(now(), settings), settings),
    onStateLost: (error, { outages }) => {
      notify(settings.onError, error)
      for (const span of outages) reportOutage(background, { ...span, cause: 'state_lost' })
    },
    onChange: (state) => {
      jobs.onChange(state)
      leadership.onChange(state)
    },
  })
  const leadership = createLeadership(settings, persisted)
  const pendingMs = () => totalMs(persisted.current().pieces)
  const createReporter = (emit: EmitStep) => createStepReporter({ emit, now, pendingMs })
  const background = createReporter(emit)
  const heartbeat = createHeartbeats({ settings, persisted, leadership, jobs, failures, background })
  const runs = createRunLoop({ settings, persisted, jobs, heartbeat, leadership, createReporter })
  const stopObserving = receiver.observe(observeReceiver({ settings, persisted, jobs, heartbeat, failures }))

  const members: Omit<Recovery, keyof AsyncDisposable> = {
    run: ({ signal } = {}) =>
      toAsyncIterable((yieldStep, leftLoop) => {
        const emitBoth = (step: RecoveryStep) => {
          emit(step)
          yieldStep(step)
        }
        return runs.runOnce(emitBoth, anySignal(leftLoop, signal))
      }),
    start({ signal } = {}) {
      const stopped = new AbortController()
      const ended = runs.runOnSchedule(emit, anySignal(stopped.signal, signal))
      return async () => {
        stopped.abort()
        await ended
      }
    },
    async report(span) {
      const outage = readSpan(span, now())
      await persisted.update((state) => ({ state: addOutage(state, outage, settings) }))
      background.report({ type: 'outage', cause: 'reported', ...toDates(outage) })
    },
    status: () => statusOf(persisted.current(), leadership.isHeld()),
    async close() {
      stopObserving()
      await runs.close()
      await leave()
    },
  }
  return withAsyncDispose(members, members.close)

  async function leave(): Promise<void> {
    const isKnown = persisted.current().processes?.some(({ id }) => id === processId)
    if (!isKnown) return
    try {
      await persisted.update((state) => ({ state: removeProcess(state, processId) }))
    } catch (error) {
      notify(settings.onError, error)
    }
  }
}

function anySignal(own: AbortSignal, given: AbortSignal | undefined): AbortSignal {
  return given === undefined ? own : AbortSignal.any([given, own])
}

function readSpan(span: TimeSpan, now: number): Span {
  assertObject(span, 'span')
  const { from, to } = span
  if (!(from instanceof Date && to instanceof Date)) throw new TypeError('"from" and "to" must be Dates')
  if (!(from.getTime() < to.getTime())) throw new RangeError('"from" must be before "to"')
  if (to.getTime() > now) throw new RangeError('"to" must not be in the future')
  return { from: from.getTime(), to: to.getTime() }
}
