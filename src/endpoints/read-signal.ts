import { assertObject, kindOf } from '../internal/assert.ts'

/** The `signal` of a call's options, checked. A plain object takes part, as some runtimes bring their own class. */
export function readSignal(options: { readonly signal?: AbortSignal }): AbortSignal | undefined {
  assertObject(options, 'options')
  const { signal } = options
  if (signal === undefined) return undefined
  const { aborted, addEventListener } = Object(signal) as Partial<AbortSignal>
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return signal
  throw new TypeError(`"signal" must be an AbortSignal, got ${kindOf(signal)}`)
}
