import { type ExitCode, exitCodes } from './cli-context.ts'

/** What went wrong in a command, in the words of the command line. */
export interface CliErrorOptions {
  /** What to do, in a sentence. */
  readonly hint?: string | undefined
  /** @defaultValue 1 */
  readonly exitCode?: ExitCode | undefined
  readonly cause?: unknown
}

/** Ends a command with a message for the user, without a stack. `code` is a stable word for programs. */
export class CliError extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly exitCode: ExitCode

  constructor(code: string, message: string, { hint, exitCode = exitCodes.failed, cause }: CliErrorOptions = {}) {
    super(message, { cause })
    this.name = 'CliError'
    this.code = code
    this.hint = hint
    this.exitCode = exitCode
  }
}

/** A flag or argument that is missing or wrong. */
export function usageError(message: string, hint?: string): CliError {
  return new CliError('usage', message, { hint, exitCode: exitCodes.usage })
}
