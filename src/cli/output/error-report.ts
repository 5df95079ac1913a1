// Not by `entries`, which would load the HMAC: this module is a part of every start.
import { isAccountActivityError, isApiError, isVerificationError } from '../../errors/guards.ts'
import type { ReasonOf } from '../../errors/reasons.ts'
import { type ExitCode, exitCodes } from '../cli-context.ts'
import { CliError } from '../cli-error.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'

/** An error as it is printed: with `--json` as one line `{"error":{…}}`, else as a line for the message and one for the hint. */
export interface ErrorReport {
  readonly code: string
  /** The reason of an error of X's API, or of a failed verification. */
  readonly reason?: string
  readonly message: string
  /** What to do. */
  readonly hint?: string
}

/** Describes any error that a command can end with. It contains no secret and no stack. */
export function toErrorReport(error: unknown): ErrorReport {
  if (error instanceof CliError) {
    return { code: error.code, message: error.message, ...(error.hint !== undefined && { hint: error.hint }) }
  }
  if (isApiError(error)) return { code: 'api', reason: error.reason, ...withHint(error.message, error.hint) }
  if (isVerificationError(error)) return { code: error.code, reason: error.reason, message: error.message }
  if (isAccountActivityError(error)) return { code: error.code, message: error.message }
  if (error instanceof TypeError || error instanceof RangeError) return { code: 'usage', message: error.message }
  if (isSystemError(error)) return { code: error.code, message: error.message }
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) }
}

/** The reasons of X that have to do with the credentials of a call. */
const credentialReasons: ReadonlySet<string> = new Set<ReasonOf>([
  'Unauthorized',
  'Forbidden',
  'OauthAccessTokenRequired',
])

/** The exit code that an error ends the process with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode
  if (isApiError(error) && credentialReasons.has(error.reason)) return exitCodes.credentials
  return exitCodes.failed
}

/** The error as two lines for a person: what happened, and what to do. */
export function formatErrorReport({ message, hint }: ErrorReport, style: Style): string {
  const first = `${style('red', 'error:')} ${printable(message)}`
  return hint === undefined ? first : `${first}\n${printable(hint)}`
}

/** The message of an API error ends with its hint, which has a line of its own here. */
function withHint(message: string, hint: string | undefined): { message: string; hint?: string } {
  if (hint === undefined) return { message }
  return { message: message.endsWith(hint) ? message.slice(0, -hint.length).trimEnd() : message, hint }
}

/** An error of the file system or the network, such as `ENOENT`. */
function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error
}
