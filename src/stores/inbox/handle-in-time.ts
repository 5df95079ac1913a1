import type { Schedule } from '../../internal/timers.ts'
import type { Inbox, InboxItem } from './inbox.ts'

/** Enough to tell what happened; some errors carry whole documents. */
const longest = 1000

/** The message of whatever was thrown. */
export function errorText(error: unknown): string {
  return messageOf(error).slice(0, longest)
}

function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error)
  } catch {
    // An object without a prototype, or with one that lies in wait.
    return 'an error that cannot be put into words'
  }
}

/** What an inbox hands its items to. */
export type HandleItem = Parameters<Inbox['run']>[0]

/** One attempt; its signal fires when its time is up. It lasts until the handler is done, whether or not that is in time. */
export async function handleInTime(
  handle: HandleItem,
  item: InboxItem,
  { timeoutMs, schedule }: { readonly timeoutMs: number; readonly schedule: Schedule },
): Promise<void> {
  const time = new AbortController()
  const cancel = schedule(() => time.abort(timeoutError(timeoutMs)), timeoutMs)
  try {
    await handle(item, time.signal)
  } finally {
    cancel()
  }
}

function timeoutError(timeoutMs: number): DOMException {
  return new DOMException(`The attempt was not finished within ${timeoutMs} ms`, 'TimeoutError')
}
