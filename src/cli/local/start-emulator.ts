import { resolve } from 'node:path'
import { createEmulator, type Emulator, type EmulatorOptions, type SavedState } from '../../entries/emulator.ts'
import { loadState, type ServeEmulatorOptions, saveState, serveEmulator } from '../../entries/emulator-node.ts'
import type { CliContext } from '../cli-context.ts'
import { CliError, usageError } from '../cli-error.ts'
import { portError } from './listen-on-port.ts'

/** How an emulator of this machine is started. */
export interface StartEmulatorOptions {
  readonly options: EmulatorOptions
  readonly server: ServeEmulatorOptions & { readonly port: number }
  /** The flag that sets the port. Errors name it. */
  readonly portFlag: string
  /** A file that the state is read from, where it exists, and written to. */
  readonly stateFile?: string | undefined
  /** Prepares an emulator that has no users but the owner of the app: one without a saved state. */
  readonly prepare?: ((x: Emulator) => void) | undefined
  /** Called when the state cannot be written. */
  readonly onError: (error: unknown) => void
}

/** An emulator that runs. */
export interface LocalEmulator {
  readonly x: Emulator
  readonly url: string
  /** Stops it, and writes the state. */
  readonly close: () => Promise<void>
}

/** The time at which the first users are created: with it, their ids and tokens are the same at each start. */
const preparedAt = Date.UTC(2026, 0, 1)
/** How often due retries and challenges are done, in milliseconds. */
const tickMs = 500
/** How often a changed state is written, in milliseconds. */
const saveMs = 5000
/** How long a delivery waits for its answer, in milliseconds: longer than X does. */
const sendTimeoutMs = 15_000

/**
 * Starts an emulator on a port. It does what is due by its clock until it is closed, and writes its state every five
 * seconds and at the end.
 *
 * @throws CliError when an option or the state is wrong, or the port cannot be used.
 */
export async function startEmulator(
  context: Pick<CliContext, 'cwd' | 'now' | 'sleep' | 'fetch'>,
  { options, server: serverOptions, portFlag, stateFile, prepare, onError }: StartEmulatorOptions,
): Promise<LocalEmulator> {
  const path = stateFile === undefined ? undefined : resolve(context.cwd, stateFile)
  const stopped = new AbortController()
  const state = path === undefined ? undefined : await readState(path)
  let isPrepared = state !== undefined
  const now = () => (isPrepared ? context.now() : Math.min(preparedAt, context.now()))
  const x = createFrom({ path, state }, { ...options, now, fetch: sendUntil(stopped.signal, context) })
  if (x.users.length === 1) prepare?.(x)
  isPrepared = true
  const server = await serveEmulator(x, serverOptions).catch((error) => {
    throw portError(error, { port: serverOptions.port, flag: portFlag })
  })
  const save = path === undefined ? async () => undefined : createSaver(x, path, onError)
  const repeating = { sleep: context.sleep, signal: stopped.signal }
  void repeat(() => x.idle(), tickMs, repeating)
  const saving = repeat(save, saveMs, repeating)
  return {
    x,
    url: server.url,
    async close() {
      stopped.abort()
      await server.close()
      await saving
      await save()
    },
  }
}

/** Sends deliveries. Those that wait for an answer do not keep the process when the emulator has stopped. */
function sendUntil(stopped: AbortSignal, { fetch }: Pick<CliContext, 'fetch'>): NonNullable<EmulatorOptions['fetch']> {
  return (request) => fetch(request, { signal: AbortSignal.any([stopped, AbortSignal.timeout(sendTimeoutMs)]) })
}

/** Does something again and again, with a pause, until the signal fires. */
async function repeat(run: () => Promise<void>, pauseMs: number, { sleep, signal }: Repeating): Promise<void> {
  while (!signal.aborted) {
    await run()
    await sleep(pauseMs, signal).catch(() => undefined)
  }
}

interface Repeating {
  readonly sleep: CliContext['sleep']
  readonly signal: AbortSignal
}

/** Where a state comes from. */
interface Saved {
  readonly path: string | undefined
  readonly state: SavedState | undefined
}

/** The options are checked first, so that an error is either about them or about the state. */
function createFrom({ path = '', state }: Saved, options: EmulatorOptions): Emulator {
  const x = create(options)
  if (state === undefined) return x
  try {
    return createEmulator({ ...options, state })
  } catch (error) {
    throw stateError(path, error)
  }
}

function create(options: EmulatorOptions): Emulator {
  try {
    return createEmulator(options)
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw usageError(sentence(error.message))
    throw error
  }
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}

async function readState(path: string): Promise<SavedState | undefined> {
  try {
    return await loadState(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw stateError(path, error)
  }
}

function stateError(path: string, cause: unknown): CliError {
  const message = `The state of the emulator cannot be read from ${path}: ${sentence(cause instanceof Error ? cause.message : String(cause))}`
  return new CliError('state_file', message, { hint: 'Repair or delete the file, or name another one.', cause })
}

/** Writes the state when it has changed since the last time. */
function createSaver(x: Emulator, path: string, onError: (error: unknown) => void): () => Promise<void> {
  let written: string | undefined
  return async () => {
    const text = JSON.stringify(x.save())
    if (text === written) return
    try {
      await saveState(x, path)
      written = text
    } catch (error) {
      onError(error)
    }
  }
}
