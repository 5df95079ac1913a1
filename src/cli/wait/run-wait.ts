import { CliError } from '../cli-error.ts'
import type { CommandRun } from '../define-command.ts'
import { assertType } from '../listen/forward-rules.ts'
import type { EventRecord } from '../output/event-line.ts'
import type { OutputFlags } from '../output/output.ts'
import { openEventSource } from './event-source.ts'

export type WaitFlags = OutputFlags & {
  readonly type?: string
  readonly id?: string
  readonly since?: string
  readonly from?: string
  readonly timeout: number
}

/** How often the events are read, in milliseconds. */
const pollMs = 100

/** Waits for an event and prints it as JSON. */
export async function runWait(run: CommandRun<WaitFlags>): Promise<void> {
  const { flags, now, sleep, signal, output } = run
  if (flags.type !== undefined) assertType(flags.type)
  const read = openEventSource(run, flags.from)
  const end = now() + flags.timeout
  for (;;) {
    const events = await read()
    const found = findEvent(events, flags)
    if (found !== undefined) return output.print(found, () => JSON.stringify(found))
    const left = end - now()
    if (left <= 0) throw timedOut(flags, events)
    await sleep(Math.min(pollMs, left), signal)
  }
}

/** The first event of the type and id, after the last one with the id of `since`. */
export function findEvent(
  events: readonly EventRecord[],
  { type, id, since }: Pick<WaitFlags, 'type' | 'id' | 'since'>,
): EventRecord | undefined {
  const start = since === undefined ? -1 : events.findLastIndex((event) => event.id === since)
  // The event of `since` has not arrived yet, so nothing has arrived after it.
  if (since !== undefined && start === -1) return undefined
  return events
    .slice(start + 1)
    .find(
      (event) =>
        (type === undefined || event.type === type || event.kind === type) && (id === undefined || event.id === id),
    )
}

function timedOut({ type, id, since, timeout }: WaitFlags, events: readonly EventRecord[]): CliError {
  if (since !== undefined && !events.some((event) => event.id === since)) {
    return new CliError('timeout', `The event ${since} of --since has not arrived within ${timeout / 1000} s.`, {
      hint: 'Pass the id of an event that has arrived. The last thousand are kept.',
    })
  }
  const what = [type ?? 'event', ...(id === undefined ? [] : [`with the id ${id}`])].join(' ')
  const after = since === undefined ? '' : ` after ${since}`
  return new CliError('timeout', `No ${what} arrived${after} within ${timeout / 1000} s.`, {
    hint: 'Wait longer with --timeout, or look at what "x-account-activity listen" prints.',
  })
}
