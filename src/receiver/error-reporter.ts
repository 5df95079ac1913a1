import { isVerificationError } from '../errors/guards.ts'
import type { VerificationError } from '../errors/verification-error.ts'
import { assertFunction } from '../internal/assert.ts'
import { writeToConsole } from '../internal/console.ts'
import { notify } from '../internal/emit.ts'
import { bodyTooSlow, type Decision, refused, unavailable } from './answers.ts'
import { BodyTooSlowError } from './delivery/read-request.ts'
import type { ErrorContext, ErrorHandler } from './handlers/handler.ts'
import { refOf } from './handling/handle-once.ts'
import type { FailureReport } from './hooks.ts'
import type { ReceiverContext, ReceiverHistory } from './receiver-context.ts'
import type { Settings } from './settings.ts'

/** The error handlers of a receiver. */
export interface ErrorReporter {
  readonly add: (handler: ErrorHandler) => () => void
  readonly report: (error: unknown, context: ErrorContext) => void
}

export function createErrorReporter(
  { emit, now }: Pick<Settings, 'emit' | 'now'>,
  failures: ReceiverHistory['failures'],
  first?: ErrorHandler,
): ErrorReporter {
  const handlers = new Set<{ readonly handle: ErrorHandler }>()
  const write = createConsoleReport()

  const add = (handle: ErrorHandler) => {
    assertFunction(handle, 'onError')
    const entry = { handle }
    handlers.add(entry)
    return () => void handlers.delete(entry)
  }
  if (first !== undefined) add(first)

  return {
    add,
    report: (error, context) => {
      emit.failure(() => describe(error, context))
      if (context.phase === 'handler' || context.phase === 'store') {
        const failure = failures[context.phase]
        failure.count += 1
        failure.lastAt = now()
        failure.lastError = nameOf(error)
      }
      if (handlers.size === 0) write(error, context)
      for (const { handle } of handlers) notify((one) => handle(one, context), error)
    },
  }
}

/** Reports why a request is not accepted, and decides how it is answered. */
export function refuse({ report }: Pick<ReceiverContext, 'report'>, error: unknown): Decision {
  const verification = asVerificationError(error)
  report(error, { phase: verification === undefined ? 'request' : 'verification' })
  if (verification !== undefined) return refused(verification)
  return isInstance(error, BodyTooSlowError) ? bodyTooSlow : unavailable
}

/** Counts a request that is not answered with 200. */
export function countRefusal({ refusals }: ReceiverHistory, { reason }: Decision): void {
  if (reason !== undefined) refusals.set(reason, (refusals.get(reason) ?? 0) + 1)
}

/** What a secret function or a handler throws can throw again when it is looked at: a proxy, an error with getters. */
function asVerificationError(error: unknown): VerificationError | undefined {
  try {
    return isVerificationError(error) ? error : undefined
  } catch {
    return undefined
  }
}

function isInstance<T>(error: unknown, type: new (...args: never[]) => T): error is T {
  try {
    return error instanceof type
  } catch {
    return false
  }
}

/**
 * Writes errors to the console. Everyone can send requests that are refused, so of those only the first for each reason is
 * written: it shows a wrong secret, and cannot fill a log.
 */
function createConsoleReport(): ErrorReporter['report'] {
  const written = new Set<string>()
  return (error, { phase }) => {
    if (phase !== 'verification' && phase !== 'request') return writeError(error)
    const verification = asVerificationError(error)
    const reason = verification?.reason ?? nameOf(error)
    if (written.has(reason)) return
    written.add(reason)
    writeError(`A request was refused (${reason}).`, verification?.message ?? error, onceOnly)
  }
}

function writeError(...details: readonly unknown[]): void {
  try {
    writeToConsole(...details)
  } catch {
    writeToConsole('An error occurred that cannot be written, because reading it throws.')
  }
}

const onceOnly =
  'Further requests that are refused for this reason are counted in the hook onFailure, and not written here. Pass onError to see each of them.'

function describe(error: unknown, { phase, event, attempt }: ErrorContext): FailureReport {
  const verification = asVerificationError(error)
  return {
    phase,
    error: nameOf(error),
    ...(verification !== undefined && { reason: verification.reason }),
    ...(event !== undefined && refOf(event)),
    ...(attempt !== undefined && { attempt }),
  }
}

function nameOf(error: unknown): string {
  try {
    return isInstance(error, Error) ? String(error.name) : typeof error
  } catch {
    return typeof error
  }
}
