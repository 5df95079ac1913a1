import { assertFunction, assertObject, assertOneOf } from '../internal/assert.ts'
import { notify } from '../internal/emit.ts'
import type { RecoveryHandlers, RecoveryStep } from './recovery-step.ts'

const types = [
  'outage',
  'webhook',
  'waiting',
  'job',
  'job_ended',
  'lost',
  'done',
] as const satisfies readonly RecoveryStep['type'][]

/** Checks the handlers, and returns a function that calls them with a step. Errors of the handlers are ignored. */
export function readStepHandlers(handlers: RecoveryHandlers = {}): (step: RecoveryStep) => void {
  assertObject(handlers, 'on')
  const given = new Map(Object.entries(handlers).filter(([, handler]) => handler !== undefined))
  for (const [type, handler] of given) {
    assertOneOf(type, [...types, 'any'], 'on')
    assertFunction(handler, `on.${type}`)
  }
  return (step) => {
    // A handler is found only under the step type that it accepts.
    for (const type of [step.type, 'any']) {
      notify(given.get(type) as ((step: RecoveryStep) => unknown) | undefined, step)
    }
  }
}
