import { parseDelivery } from '../../events/parse-delivery.ts'
import type { Inbox, InboxItem, InboxRun } from '../../stores/inbox/inbox.ts'
import type { ErrorHandler } from '../handler.ts'
import type { Settings } from '../settings.ts'
import type { HandleOnce } from './handle-once.ts'
import { contextOf } from './handler-context.ts'
import type { TimeLimits } from './time-limit.ts'

/** What working on an inbox needs. */
export interface InboxWork extends Pick<Settings, 'workers' | 'handlerTimeoutMs' | 'now'> {
  readonly inbox: Inbox
  readonly handleOnce: HandleOnce
  readonly limits: TimeLimits
  readonly report: ErrorHandler
}

/** The work on an inbox in this process. */
export interface Work {
  /** Begins, after the handlers that are being added, once. */
  readonly begin: () => void
  /** Takes no more out of the inbox; resolves when what is under way has ended. */
  readonly stop: () => Promise<void>
}

/** Hands what stands in the inbox to the handlers. */
export function workOnInbox(needs: InboxWork): Work {
  const { inbox, workers, handlerTimeoutMs, handleOnce, limits, report, now } = needs
  let run: InboxRun | undefined
  let state: 'idle' | 'begun' | 'stopped' = workers > 0 ? 'idle' : 'stopped'

  /** Rejects when the event was not handled: the inbox hands it out again. */
  const handle = async ({ id, body, receivedAt }: InboxItem, signal: AbortSignal): Promise<void> => {
    const delivery = parseDelivery(body)
    const event = delivery.events.find((one) => one.id === id)
    if (event === undefined) throw new Error(`The delivery that was kept for the event ${id} does not hold it`)
    const onOver = (reason: unknown) => report(reason, { phase: 'handler', event, delivery })
    const limit = limits.create({ ms: handlerTimeoutMs, startedAt: now(), onOver })
    const getLimit = () => limit
    const stopListening = whenAborted(signal, () => limit.end(signal.reason))
    const context = contextOf({ delivery, receivedAt: new Date(receivedAt) }, getLimit)
    limit.watch()
    const outcome = await handleOnce(event, context, getLimit)
    stopListening()
    limit.stop()
    if (!outcome.isHandled) throw outcome.error
  }

  const onError = (error: unknown) => report(error, { phase: 'store' })

  const start = () => {
    try {
      if (state === 'begun') run = inbox.run(handle, { concurrency: workers, onError })
    } catch (error) {
      onError(error)
    }
  }

  return {
    begin: () => {
      if (state !== 'idle') return
      state = 'begun'
      queueMicrotask(start)
    },
    stop: async () => {
      state = 'stopped'
      await run?.stop().catch(onError)
    },
  }
}

function whenAborted(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act()
  signal.addEventListener('abort', act, { once: true })
  return () => signal.removeEventListener('abort', act)
}
