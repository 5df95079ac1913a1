import { setTimeout } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { onTestFinished } from 'vitest'
import type { CliStream, Prompts } from '../../src/cli/cli-context.ts'
import { type CliEnvironment, runCli } from '../../src/cli/run-cli.ts'
import { runShell } from '../../src/cli/run-shell.ts'

// Commands print times in the zone of the machine.
process.env.TZ = 'UTC'

/** How a command ended, and what it printed. */
export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunCommandOptions extends Partial<Omit<CliEnvironment, 'process' | 'stdin' | 'prompts'>> {
  readonly stdin?: string | Uint8Array
  /** The answers of a person. A question without an answer fails. */
  readonly prompts?: Partial<Prompts>
  /** Whether the streams are terminals. */
  readonly isTerminal?: boolean
  /** Called with each text that is written to standard error. */
  readonly onStderr?: (text: string) => void
}

/** A command that goes on until it is stopped. */
export interface StartedCommand {
  /** Resolves to the first match in what it prints to standard output or standard error. */
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Does what Ctrl-C does, and resolves when the command has ended. */
  readonly stop: () => Promise<CommandResult>
  /** Resolves when the command has ended. */
  readonly ended: Promise<CommandResult>
}

/** Runs a command line in this process. It reaches no terminal, no file but those in `cwd`, and no environment variable. */
export function runCommand(args: readonly string[], options: RunCommandOptions = {}): Promise<CommandResult> {
  return startCommand(args, options).ended
}

/** Starts a command line in this process. It is interrupted when the test has ended. */
export function startCommand(args: readonly string[], options: RunCommandOptions = {}): StartedCommand {
  const { stdin = '', isTerminal = false, onStderr, prompts = {}, ...environment } = options
  const interrupt = new AbortController()
  const watchers = new Set<() => void>()
  const onWrite = () => {
    for (const watch of watchers) watch()
  }
  const stdout: string[] = []
  const stderr: string[] = []
  const texts = () => [stdout, stderr].map((written) => stripVTControlCharacters(written.join('')))
  const ended = runCli(args, {
    version: '1.2.3',
    process: {
      stdout: streamTo(stdout, isTerminal, onWrite),
      stderr: streamTo(stderr, isTerminal, (text) => {
        onWrite()
        onStderr?.(text)
      }),
    },
    stdin: oneChunk(typeof stdin === 'string' ? Buffer.from(stdin) : stdin),
    env: {},
    cwd: '/nonexistent',
    configFolder: '/nonexistent',
    guidesFolder: '/nonexistent',
    isInteractive: false,
    prompts: { text: refuseToAsk, confirm: refuseToAsk, select: refuseToAsk, selectSeveral: refuseToAsk, ...prompts },
    signal: options.signal ?? interrupt.signal,
    fetch,
    now: Date.now,
    sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
    runShell: (command, shell) =>
      runShell(command, { ...shell, kill: (pid, name) => void process.kill(pid, name), onExit: () => () => undefined }),
    ...environment,
  }).then((code) => ({ code, stdout: stdout.join(''), stderr: stripVTControlCharacters(stderr.join('')) }))
  const stop = () => {
    interrupt.abort()
    return ended
  }
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const watch = () => {
        for (const text of texts()) {
          const match = pattern.exec(text)
          if (match !== null) resolve(match)
        }
      }
      watchers.add(watch)
      watch()
      void ended.then(({ code }) =>
        reject(new Error(`It ended with ${code} without ${pattern}:\n${texts().join('\n')}`)),
      )
    })
  onTestFinished(async () => void (await stop()))
  return { printed, stop, ended }
}

async function refuseToAsk(question: string): Promise<never> {
  throw new Error(`The command asks: ${question}`)
}

function streamTo(written: string[], isTerminal: boolean, onWrite: (text: string) => void): CliStream {
  return {
    write: (text) => {
      written.push(text)
      onWrite(text)
    },
    isTerminal,
    hasColors: false,
    columns: isTerminal ? 80 : undefined,
  }
}

async function* oneChunk(chunk: Uint8Array) {
  yield chunk
}
