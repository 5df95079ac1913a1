import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseDelivery } from '../../entries/events.ts'
import type { CliContext } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import { defaultEventsPort } from '../listen/listen-flags.ts'
import { listDeliveries } from '../listen/saved-deliveries.ts'
import { type EventRecord, toEventRecord } from '../output/event-line.ts'

/** Reads the events that have arrived so far, oldest first. */
export type ReadEvents = () => Promise<readonly EventRecord[]>

type Context = Pick<CliContext, 'cwd' | 'env' | 'fetch' | 'signal'>

/** The events of a process that runs, or of a folder of deliveries. */
export function openEventSource(context: Context, from: string | undefined): ReadEvents {
  const source = from ?? (context.env.X_EVENTS_URL || `http://127.0.0.1:${defaultEventsPort}/events`)
  return /^https?:\/\//.test(source) ? fromProcess(context, source) : fromFolder(resolve(context.cwd, source))
}

function fromProcess({ fetch, signal }: Context, url: string): ReadEvents {
  return async () => {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) }).catch(
      (cause) => {
        signal.throwIfAborted()
        throw noSource(`${url} cannot be reached.`, cause)
      },
    )
    const body: unknown = await response.json().catch(() => undefined)
    const { events } = (body ?? {}) as { readonly events?: readonly EventRecord[] }
    if (response.status !== 200 || !Array.isArray(events)) throw noSource(`${url} does not answer with events.`)
    return events
  }
}

function noSource(message: string, cause?: unknown): CliError {
  return new CliError('no_events', message, {
    hint: 'Start "x-account-activity dev" or "listen", and pass the events URL that it prints with --json, or a folder of "listen --save".',
    cause,
  })
}

/** Each file is read once. */
function fromFolder(folder: string): ReadEvents {
  const read = new Map<string, readonly EventRecord[]>()
  return async () => {
    if (!(await stat(folder).catch(() => undefined))?.isDirectory())
      throw noSource(`The folder ${folder} does not exist.`)
    const names = await listDeliveries(folder)
    for (const name of names) if (!read.has(name)) read.set(name, await readRecords(join(folder, name)))
    return names.flatMap((name) => read.get(name) ?? [])
  }
}

/** A file that is not a delivery has no events. */
async function readRecords(file: string): Promise<readonly EventRecord[]> {
  try {
    return parseDelivery(await readFile(file)).events.map(toEventRecord)
  } catch {
    return []
  }
}
