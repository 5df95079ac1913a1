import { type ChildProcess, spawn } from 'node:child_process'
import { constants, platform } from 'node:os'
import type { ShellOptions } from './cli-context.ts'
import { CliError, usageError } from './cli-error.ts'

/** What running a shell needs of the process. */
export interface ShellProcess {
  /** Sends a signal to a process, or to a group of processes when the id is negative. */
  readonly kill: (pid: number, signal: NodeJS.Signals) => void
  /** Calls a function when this process exits. Returns a function that takes it back. */
  readonly onExit: (end: () => void) => () => void
}

/** How long a program has to end after Ctrl-C, in milliseconds. Then it is killed. */
const graceMs = 5000

/**
 * Runs a command line in a shell and resolves to its exit code. When `signal` fires, the shell and all processes that it
 * has started are interrupted, and killed five seconds later. The promise resolves when the shell has ended.
 *
 * @throws CliError when there is no shell.
 */
export async function runShell(
  command: string,
  { cwd, env, signal, kill, onExit }: ShellOptions & ShellProcess,
): Promise<number> {
  if (command.trim() === '') throw usageError('The command of --exec is empty.', 'Example: --exec "npm test".')
  // A group of its own, so that programs that the shell starts end with it.
  const child = spawn(command, { shell: true, cwd, env, stdio: 'inherit', detached: platform() !== 'win32' })
  const end = (name: NodeJS.Signals) => endGroup(child, name, kill)
  const forgetExit = onExit(() => end('SIGKILL'))
  let timer: NodeJS.Timeout | undefined
  const interrupt = () => {
    end('SIGINT')
    timer = setTimeout(() => end('SIGKILL'), graceMs)
  }
  signal.addEventListener('abort', interrupt, { once: true })
  if (signal.aborted) interrupt()
  try {
    return await exitCodeOf(child, command)
  } finally {
    // What the shell has left running in the background ends, too.
    end('SIGTERM')
    clearTimeout(timer)
    signal.removeEventListener('abort', interrupt)
    forgetExit()
  }
}

function exitCodeOf(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new CliError('exec_failed', `The command "${command}" cannot be started: ${cause.message}.`, { cause })),
    )
    // Shells report a signal as 128 and its number.
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals, kill: ShellProcess['kill']): void {
  if (child.pid === undefined) return
  if (platform() === 'win32') {
    // Windows has no groups: this ends the process with all of its children.
    if (child.exitCode === null) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' })
    return
  }
  try {
    kill(-child.pid, signal)
  } catch {
    // It has ended already.
  }
}
