import { type BaseFlags, buildCommand, type Command, type TypedCommandParameters } from '@stricli/core'
import type { CliContext } from './cli-context.ts'
import { exitCodeOf } from './output/error-report.ts'
import { createOutput, type Output, type OutputFlags } from './output/output.ts'

/** What a command does, and how `--help` describes it. */
export interface CommandDefinition<Flags extends OutputFlags & BaseFlags, Args extends readonly unknown[]> {
  /** One line, without a full stop. */
  readonly brief: string
  /** What the user should know beyond `brief`. Lines have at most 100 characters. */
  readonly description?: string
  /** Whole command lines. A test runs them. */
  readonly examples: readonly [string, ...string[]]
  readonly parameters: TypedCommandParameters<Flags, Args, CliContext>
  /** Does the work. Load other rooms inside with `await import(…)`: a static import would slow down every command. */
  readonly run: (run: CommandRun<Flags>, ...args: Args) => void | Promise<void>
}

/** What a command is given when it runs. */
export interface CommandRun<Flags> extends CliContext {
  readonly flags: Flags
  readonly output: Output
}

/** Declares a command. Its errors are printed in the form of the command line, and decide the exit code. */
export function defineCommand<Flags extends OutputFlags & BaseFlags, const Args extends readonly unknown[] = []>({
  brief,
  description,
  examples,
  parameters,
  run,
}: CommandDefinition<Flags, Args>): Command<CliContext> {
  return buildCommand<Flags, Args, CliContext>({
    docs: { brief, fullDescription: [description ?? `${brief}.`, ...exampleLines(examples)].join('\n') },
    parameters,
    async func(flags, ...args) {
      const output = createOutput(this.process, flags)
      try {
        await run({ ...this, flags, output }, ...args)
      } catch (error) {
        // What fails after Ctrl-C fails because of it.
        if (this.signal.aborted) return
        this.setExitCode(exitCodeOf(error))
        output.error(error)
      }
    },
  })
}

function exampleLines(examples: readonly string[]): string[] {
  return ['', 'Examples:', ...examples.map((line) => `  ${line}`)]
}
