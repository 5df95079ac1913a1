import type { Schedule } from '../internal/timers.ts'
import type { Inbox, InboxItem } from './inbox.ts'

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
