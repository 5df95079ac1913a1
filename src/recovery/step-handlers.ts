import { assertFunction, assertObject, assertOneOf } from '../internal/assert.ts'
import { notify } from '../internal/notify.ts'
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

/** Tells the handlers of a step; nothing that they do comes back. */
export function readHandlers(handlers: RecoveryHandlers = {}): (step: RecoveryStep) => void {
  assertObject(handlers, 'on')
  const held = new Map(Object.entries(handlers).filter(([, handler]) => handler !== undefined))
  for (const [type, handler] of held) {
    assertOneOf(type, [...types, 'any'], 'on')
    assertFunction(handler, `on.${type}`)
  }
  return (step) => {
    // A handler is only ever found under the type of step that it was given for.
    for (const type of [step.type, 'any']) notify(held.get(type) as ((step: RecoveryStep) => unknown) | undefined, step)
  }
}
