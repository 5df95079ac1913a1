#!/usr/bin/env node
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { WriteStream } from 'node:tty'
import { fileURLToPath } from 'node:url'
import { version } from '../../package.json'
import { type CliStream, exitCodes } from './cli-context.ts'
import { createPrompts } from './input/prompts.ts'
import { runCli } from './run-cli.ts'

const { env, platform } = process

/** A folder that belongs to the user alone, where programs of this system keep their settings. */
function configFolder(): string {
  const base = platform === 'win32' ? env.APPDATA : env.XDG_CONFIG_HOME
  return join(base || join(homedir(), '.config'), 'x-account-activity')
}

function toCliStream(stream: WriteStream): CliStream {
  // The reader of a pipe may end first, as `head` does. The rest of the output is then for no one.
  stream.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? exitCodes.ok : exitCodes.failed),
  )
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    hasColors: hasColors(stream),
    get columns() {
      return stream.columns
    },
  }
}

const interrupted = new AbortController()

/** `NO_COLOR` and `FORCE_COLOR` decide: https://no-color.org and https://force-color.org. Else, terminals have colours. */
function hasColors(stream: WriteStream): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return stream.isTTY === true && env.TERM !== 'dumb'
}

/** The first Ctrl-C ends the command cleanly. The second one ends the process, in case the first does not. */
function interrupt(): void {
  if (interrupted.signal.aborted) process.exit(exitCodes.interrupted)
  interrupted.abort(new Error('Interrupted.'))
}

process.on('SIGINT', interrupt)
process.on('SIGTERM', interrupt)

process.exitCode = await runCli(process.argv.slice(2), {
  version,
  process: { stdout: toCliStream(process.stdout), stderr: toCliStream(process.stderr) },
  stdin: process.stdin,
  env,
  cwd: process.cwd(),
  configFolder: configFolder(),
  guidesFolder: fileURLToPath(new URL('../../docs/guides', import.meta.url)),
  isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true && !env.CI,
  prompts: createPrompts({ input: process.stdin, output: process.stderr, signal: interrupted.signal, interrupt }),
  signal: interrupted.signal,
  fetch: (...request) => fetch(...request),
  now: Date.now,
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
  runShell: async (command, options) => {
    const { runShell } = await import('./run-shell.ts')
    return runShell(command, {
      ...options,
      kill: (pid, signal) => void process.kill(pid, signal),
      onExit: (end) => {
        process.once('exit', end)
        return () => void process.off('exit', end)
      },
    })
  },
})
