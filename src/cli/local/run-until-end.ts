import { usageError } from '../cli-error.ts'
import type { CommandRun } from '../define-command.ts'
import type { OutputFlags } from '../output/output.ts'
import { environmentOf } from './app-variables.ts'

/** The flag that runs a program beside what a command serves. */
export type ExecFlags = {
  readonly exec?: string
}

/** The declaration of {@link ExecFlags}. */
export const execFlags = {
  exec: {
    kind: 'parsed',
    parse: String,
    brief: 'A command line to run when everything is ready',
    placeholder: 'command',
    optional: true,
  },
} as const

/**
 * Waits for Ctrl-C. With `--exec`, it runs the program with the variables in its environment instead, and takes over its
 * exit code.
 */
export async function runUntilEnd(
  run: CommandRun<OutputFlags & ExecFlags>,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const { exec } = run.flags
  if (exec === undefined) return untilInterrupted(run.signal)
  const { cwd, signal } = run
  run.setExitCode(await run.runShell(exec, { cwd, signal, env: environmentOf(run.env, variables) }))
}

/** Resolves at Ctrl-C. */
export function untilInterrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Standard output belongs to the program of `--exec`. */
export function refuseJsonWithExec({ json, exec }: OutputFlags & ExecFlags): void {
  if (json && exec !== undefined) {
    throw usageError(
      '--json and --exec exclude each other: standard output is that of the command line.',
      'Leave --json out. The command line has the URL and the keys in its environment.',
    )
  }
}
