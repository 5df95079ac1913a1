import { isVerificationError } from '../errors/guards.ts'
import { assertFunction } from '../internal/assert.ts'
import { notify } from '../internal/notify.ts'
import { BodyTooSlow } from './delivery/read-body.ts'
import type { ErrorContext, ErrorHandler } from './handler.ts'
import { type Emits, type FailureReport, refOf } from './hooks.ts'

/** Those who are told of errors. */
export interface ErrorReporter {
  readonly add: (handler: ErrorHandler) => () => void
  readonly report: (error: unknown, context: ErrorContext) => void
}

export function createErrorReporter(tell: Emits, first?: ErrorHandler): ErrorReporter {
  const handlers = new Set<{ readonly handle: ErrorHandler }>()

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
      tell.failure(() => describe(error, context))
      if (handlers.size === 0) writeToConsole(error)
      for (const { handle } of handlers) notify((one) => handle(one, context), error)
    },
  }
}

/** Anybody can send requests that are refused: those do not fill the log of who did not ask for them. */
function writeToConsole(error: unknown): void {
  if (error instanceof BodyTooSlow) return
  if (isVerificationError(error) && error.reason !== 'body_not_raw') return
  console.error('x-account-activity:', error)
}

function describe(error: unknown, { phase, event }: ErrorContext): FailureReport {
  return {
    phase,
    error: error instanceof Error ? error.name : typeof error,
    ...(isVerificationError(error) && { reason: error.reason }),
    ...(event !== undefined && refOf(event)),
  }
}
