import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stripVTControlCharacters } from 'node:util'

/** A command line that is run for an image. */
export interface Recording {
  /** The command line as a reader would type it. */
  readonly command: string
  /** The arguments of Node.js. */
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A command that goes on is ended when it has printed this. */
  readonly until?: RegExp
  /** Lines beyond these are left out of the middle. */
  readonly mostLines?: number
}

/** A command that runs beside others. */
export interface Running {
  /** Resolves to what it has printed without its colours, as soon as that matches. */
  readonly printed: (pattern: RegExp) => Promise<string>
  readonly stop: () => Promise<void>
}

/** Runs a command to its end, and resolves to what it prints to a terminal with colours. */
export async function record(recording: Recording, folder: string): Promise<string> {
  const { child, output } = run(recording, folder)
  const { until } = recording
  child.stdout?.on('data', () => {
    if (until?.test(stripVTControlCharacters(output()))) child.kill('SIGINT')
  })
  await once(child, 'close')
  return output()
}

/** Starts a command that runs until it is stopped. */
export function start(recording: Recording, folder: string): Running {
  const { child, output } = run(recording, folder)
  const printed = async (pattern: RegExp) => {
    while (!pattern.test(stripVTControlCharacters(output()))) await once(child.stdout ?? child, 'data')
    return stripVTControlCharacters(output())
  }
  const stop = async () => {
    child.kill('SIGINT')
    await once(child, 'close')
  }
  return { printed, stop }
}

/** A command that does not end by itself is ended after this time, in milliseconds. */
const longest = 60_000

function run({ args, env = {} }: Recording, folder: string): { child: ChildProcess; output: () => string } {
  // One pipe for both streams keeps their order, as a terminal does.
  const child = spawn('sh', ['-c', 'exec "$0" "$@" 2>&1', process.execPath, ...args], {
    cwd: folder,
    timeout: longest,
    env: { ...(process.env.PATH && { PATH: process.env.PATH }), HOME: folder, FORCE_COLOR: '1', TZ: 'UTC', ...env },
  })
  let text = ''
  const append = (chunk: Buffer) => {
    text += chunk
  }
  child.stdout.on('data', append)
  return { child, output: () => text }
}
