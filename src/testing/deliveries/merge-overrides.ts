import { kindOf } from '../../internal/assert.ts'

/**
 * Some members of a body, at any depth. An array is changed by index: `[{ text: 'Hi' }]` and `{ 0: { text: 'Hi' } }` both
 * change its first element. `undefined` removes a member or an element.
 */
export type DeepPartial<T> = T extends readonly (infer Element)[]
  ? readonly (DeepPartial<Element> | undefined)[] | { readonly [index: number]: DeepPartial<Element> | undefined }
  : T extends object
    ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> | undefined }
    : T

type JsonObject = Readonly<Record<string, unknown>>

/** Deeper bodies do not exist: only an object that contains itself is deeper. */
const maxDepth = 100

/** Returns a copy of a body with some members changed. Neither the body nor the overrides are changed. */
export function mergeOverrides(body: object, overrides: unknown): object {
  if (!isPlainObject(overrides)) throw new TypeError(`"overrides" must be an object, got ${kindOf(overrides)}`)
  return mergeObject(body as JsonObject, overrides, ['overrides'])
}

type Path = readonly string[]

function merge(base: unknown, override: unknown, path: Path): unknown {
  if (path.length > maxDepth) throw new TypeError(`"${path[0]}" must not contain itself`)
  if (Array.isArray(base) && (Array.isArray(override) || isPlainObject(override))) {
    return mergeArray(base, override, path)
  }
  if (isPlainObject(override)) return mergeObject(isPlainObject(base) ? base : {}, override, path)
  if (Array.isArray(override)) return mergeArray([], override, path)
  if (isJsonScalar(override)) return override
  throw new TypeError(`"${nameOf(path)}" must be a JSON value, got ${describe(override)}`)
}

function mergeObject(base: JsonObject, overrides: JsonObject, path: Path): JsonObject {
  const members = new Map<string, unknown>(Object.entries(base))
  for (const [key, override] of Object.entries(overrides)) {
    if (override === undefined) members.delete(key)
    else members.set(key, merge(members.get(key), override, [...path, `.${key}`]))
  }
  return Object.fromEntries(members)
}

const removed = Symbol('removed')

function mergeArray(base: readonly unknown[], overrides: JsonObject | readonly unknown[], path: Path): unknown[] {
  const elements: unknown[] = [...base]
  for (const [key, override] of Object.entries(overrides)) {
    const index = readIndex(key, elements.length, path)
    elements[index] = override === undefined ? removed : merge(elements[index], override, [...path, `[${key}]`])
  }
  return elements.filter((element) => element !== removed)
}

/** An index may be the length of the array: then the element is added at its end. */
function readIndex(key: string, length: number, path: Path): number {
  if (!/^(?:0|[1-9]\d*)$/.test(key)) {
    throw new TypeError(`"${nameOf(path)}" is an array: its keys must be indexes such as 0, got "${key}"`)
  }
  const index = Number(key)
  if (index > length) throw new RangeError(`"${nameOf(path)}" has ${length} elements: it cannot have an index ${key}`)
  return index
}

function nameOf(path: Path): string {
  return path.join('')
}

function isJsonScalar(value: unknown): boolean {
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'object' ? Object.prototype.toString.call(value) : kindOf(value)
}

/** Also one of another realm, such as that of a test runner. */
function isPlainObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
