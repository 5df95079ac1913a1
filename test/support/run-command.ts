import { setTimeout } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import type { CliStream, ExitCode } from '../../src/cli/cli-context.ts'
import { type CliEnvironment, runCli } from '../../src/cli/run-cli.ts'

/** How a command ended, and what it printed. */
export interface CommandResult {
  readonly code: ExitCode
  readonly stdout: string
  readonly stderr: string
}

export interface RunCommandOptions extends Partial<Omit<CliEnvironment, 'process' | 'stdin'>> {
  readonly stdin?: string | Uint8Array
  /** Whether the streams are terminals. */
  readonly isTerminal?: boolean
  /** Called with each text that is written to standard error. */
  readonly onStderr?: (text: string) => void
}

/** Runs a command line in this process. It reaches no terminal, no file but those in `cwd`, and no environment variable. */
export async function runCommand(args: readonly string[], options: RunCommandOptions = {}): Promise<CommandResult> {
  const { stdin = '', isTerminal = false, onStderr, ...environment } = options
  const stdout: string[] = []
  const stderr: string[] = []
  const code = await runCli(args, {
    version: '1.2.3',
    process: { stdout: streamTo(stdout, isTerminal), stderr: streamTo(stderr, isTerminal, onStderr) },
    stdin: oneChunk(typeof stdin === 'string' ? Buffer.from(stdin) : stdin),
    env: {},
    cwd: '/nonexistent',
    configFolder: '/nonexistent',
    isInteractive: false,
    prompts: { text: refuseToAsk, confirm: refuseToAsk },
    signal: new AbortController().signal,
    fetch,
    now: Date.now,
    sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
    ...environment,
  })
  return { code, stdout: stdout.join(''), stderr: stripVTControlCharacters(stderr.join('')) }
}

async function refuseToAsk(question: string): Promise<never> {
  throw new Error(`The command asks: ${question}`)
}

function streamTo(written: string[], isTerminal: boolean, onWrite?: (text: string) => void): CliStream {
  return {
    write: (text) => {
      written.push(text)
      onWrite?.(text)
    },
    isTerminal,
    hasColors: false,
    columns: isTerminal ? 80 : undefined,
  }
}

async function* oneChunk(chunk: Uint8Array) {
  yield chunk
}
