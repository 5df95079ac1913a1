import { type RunLaterOptions, runLater } from '../../internal/timers.ts'
import type { Inbox, InboxItem } from './inbox.ts'

/** Long enough to see what happened. Some errors carry whole documents. */
const maxErrorLength = 1000

/** The message of any thrown value, cut to 1,000 characters. */
export function errorText(error: unknown): string {
  return messageOf(error).slice(0, maxErrorLength)
}

function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    // An object without a prototype, or with a `toString` that throws.
    return 'an error that cannot be converted to a string'
  }
}

/** The handler that an inbox hands its items to. */
export type HandleItem = Parameters<Inbox['run']>[0]

/** What an attempt can result in besides success: see `InboxRun`. */
export type OtherOutcome = 'no_handler' | 'in_progress'

/** How long an item waits that another process is handling, in milliseconds. */
export const postponeMs = 1000

/** How the time limit of an attempt is measured. */
export interface AttemptLimits extends RunLaterOptions {
  readonly timeoutMs: number
  /** Its signal is that of the handler. */
  readonly controller: AbortController
}

/**
 * Makes one attempt to handle an item. The signal of the handler aborts after `timeoutMs`; the attempt lasts until the
 * promise of the handler settles, even if that is later. Resolves to `no_handler` or `in_progress` when the handler does.
 *
 * @throws what the handler rejects with.
 */
export async function handleInTime(
  handle: HandleItem,
  item: InboxItem,
  { timeoutMs, controller, ...waiting }: AttemptLimits,
): Promise<OtherOutcome | undefined> {
  const cancelTimeout = runLater(() => controller.abort(timeoutError(timeoutMs)), timeoutMs, waiting)
  try {
    const outcome = await handle(item, controller.signal)
    return outcome === 'no_handler' || outcome === 'in_progress' ? outcome : undefined
  } finally {
    cancelTimeout()
  }
}

function timeoutError(timeoutMs: number): DOMException {
  const message =
    `The handler did not finish within ${timeoutMs} ms. ` +
    'Make it faster, let it stop when its signal aborts, or increase "timeoutMs" of the inbox.'
  return new DOMException(message, 'TimeoutError')
}
