import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))

/** How a process of the command line ended, and what it printed. */
export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunCliOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array
  /** @defaultValue a new, empty folder */
  readonly cwd?: string
}

/** A process of the command line that goes on until it is stopped. */
export interface StartedCli {
  /** Resolves to the first match in what it prints to standard output or standard error. */
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Sends a signal, such as that of Ctrl-C, and resolves when the process has ended. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<CliResult>
  /** Resolves when the process has ended. */
  readonly ended: Promise<CliResult>
}

/** Runs a command line to its end. */
export function runCli(args: readonly string[], options?: RunCliOptions): Promise<CliResult> {
  return startCli(args, options).ended
}

/** Starts a command line. The process is killed when the test has ended. */
export function startCli(args: readonly string[], { env = {}, input = '', cwd }: RunCliOptions = {}): StartedCli {
  const home = emptyFolder()
  const child = spawn(process.execPath, [program, ...args], {
    cwd: cwd ?? home,
    // Nothing of this machine's environment, but what programs need to start.
    env: { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: join(home, '.config'), TZ: 'UTC', ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  const watchers = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text
      for (const watch of watchers) watch()
    })
  }
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...output }))
  })
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const watch = () => {
        const match = pattern.exec(output.stdout) ?? pattern.exec(output.stderr)
        if (match === null) return
        watchers.delete(watch)
        resolve(match)
      }
      watchers.add(watch)
      watch()
      void ended.then(() => reject(new Error(`It ended without ${pattern}:\n${output.stdout}\n${output.stderr}`)))
    })
  return {
    printed,
    ended,
    stop: (signal = 'SIGINT') => {
      child.kill(signal)
      return ended
    },
  }
}

/** A folder that is deleted when the test has ended. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'x-account-activity-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
