import { isBytes } from './bytes.ts'

/** What a value is, for a message: its kind, never the value itself, which may be a secret. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

export function assertText(value: unknown, label: string): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`"${label}" must be a string, got ${kindOf(value)}`)
  if (value === '') throw new RangeError(`"${label}" must not be empty`)
}

/** A secret with white space at its ends was pasted with it, and would sign everything wrongly. */
export function assertSecret(value: unknown, label: string): asserts value is string {
  assertText(value, label)
  if (value !== value.trim()) throw new RangeError(`"${label}" must not begin or end with white space`)
}

export function assertObject(value: unknown, label: string): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`"${label}" must be an object, got ${kindOf(value)}`)
  }
}

export function assertFunction(value: unknown, label: string): asserts value is (...args: never[]) => unknown {
  if (typeof value !== 'function') throw new TypeError(`"${label}" must be a function, got ${kindOf(value)}`)
}

export function assertBoolean(value: unknown, label: string): asserts value is boolean {
  if (typeof value !== 'boolean') throw new TypeError(`"${label}" must be a boolean, got ${kindOf(value)}`)
}

/** An object with these methods; it may have others. */
export function assertMethods<T extends object>(value: T, label: string, names: readonly (keyof T & string)[]): void {
  assertObject(value, label)
  for (const name of names) assertFunction(value[name], `${label}.${name}`)
}

export function assertOneOf<const T extends string>(
  value: unknown,
  allowed: readonly T[],
  label: string,
): asserts value is T {
  const names = allowed.map((name) => `'${name}'`).join(' or ')
  if (typeof value !== 'string') throw new TypeError(`"${label}" must be ${names}, got ${kindOf(value)}`)
  if (!(allowed as readonly string[]).includes(value)) throw new RangeError(`"${label}" must be ${names}`)
}

/** An integer from `min` to `max`, both inclusive. `NaN` and `Infinity` are refused. */
export function assertInteger(
  value: unknown,
  label: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`"${label}" must be a number, got ${kindOf(value)}`)
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw new RangeError(`"${label}" must be an integer from ${min} to ${max}, got ${value}`)
  }
}

/** An id of X: 1 to 19 digits, in a string, because JSON numbers lose digits beyond 2^53. */
export function assertId(value: unknown, label: string): asserts value is string {
  assertText(value, label)
  if (!/^[0-9]{1,19}$/.test(value)) throw new RangeError(`"${label}" must be an id of 1 to 19 digits`)
}

/** A text or its bytes. An object is mostly what a body parser made of a body, and the bytes are gone. */
export function assertBody(value: unknown, label: string): asserts value is string | Uint8Array {
  if (typeof value === 'string' || isBytes(value)) return
  const expected = `"${label}" must be a string or a Uint8Array of the raw bytes, got ${kindOf(value)}`
  const isParsed = typeof value === 'object' && value !== null
  throw new TypeError(isParsed ? `${expected}. ${parsedBodyHint}` : expected)
}

const parsedBodyHint =
  'Did a body parser read the body first? Pass the bytes as they were received: use express.raw, or keep them in the "verify" option of express.json, or use req.rawBody with "rawBody: true" in NestJS.'
