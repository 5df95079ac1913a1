import { assertBoolean, assertObject, kindOf } from '../../internal/assert.ts'
import type { StatePath } from './state-path.ts'

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** Writes a value as JSON, and reads it again. */
export interface Codec<T> {
  write(value: T): Json
  /**
   * @throws TypeError when the JSON has the wrong type.
   * @throws RangeError when it has an impossible value.
   */
  read(json: unknown, path: StatePath): T
}

/** The codec of a member that may be absent. */
export interface Optional<T> extends Codec<T> {
  readonly optional: true
}

/** A member that is not saved. It is read as its initial value. */
export interface Transient<T> {
  readonly initial: () => T
}

/** A codec for each member of an object. A missing or an unknown member is a type error. */
export type Shape<T> = {
  readonly [Key in keyof T]-?: undefined extends T[Key]
    ? Optional<Exclude<T[Key], undefined>>
    : Codec<T[Key]> | Transient<T[Key]>
}

export const text: Codec<string> = {
  write: (value) => value,
  read(json, path) {
    if (typeof json !== 'string') throw new TypeError(`"${path}" must be a string, got ${kindOf(json)}`)
    return json
  },
}

export const flag: Codec<boolean> = {
  write: (value) => value,
  read(json, path) {
    assertBoolean(json, path.toString())
    return json
  },
}

/** A whole number, 0 or more: every number in the state is a count, a position or a number of milliseconds. */
export const wholeNumber: Codec<number> = {
  write: (value) => value,
  read(json, path) {
    if (typeof json !== 'number') throw new TypeError(`"${path}" must be a number, got ${kindOf(json)}`)
    if (!Number.isSafeInteger(json) || json < 0) throw new RangeError(`"${path}" must be a whole number, got ${json}`)
    return json
  },
}

/**
 * A text that matches a pattern.
 *
 * @param description - What the text must be, for the error message.
 */
export function matching(pattern: RegExp, description: string): Codec<string> {
  return {
    write: (value) => value,
    read(json, path) {
      const value = text.read(json, path)
      if (!pattern.test(value)) throw new RangeError(`"${path}" must be ${description}`)
      return value
    },
  }
}

export function oneOf<const T extends string>(...values: readonly T[]): Codec<T> {
  return {
    write: (value) => value,
    read(json, path) {
      const found = values.find((value) => value === text.read(json, path))
      if (found === undefined) throw new RangeError(`"${path}" must be ${values.map((one) => `'${one}'`).join(' or ')}`)
      return found
    },
  }
}

export function nullable<T extends NonNullable<unknown>>(codec: Codec<T>): Codec<T | null> {
  return {
    write: (value) => (value === null ? null : codec.write(value)),
    read: (json, path) => (json === null ? null : codec.read(json, path)),
  }
}

export function optional<T>(codec: Codec<T>): Optional<T> {
  return { ...codec, optional: true }
}

export function transient<T>(initial: () => T): Transient<T> {
  return { initial }
}

export function list<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    write: (values) => values.map((value) => item.write(value)),
    read(json, path) {
      if (!Array.isArray(json)) throw new TypeError(`"${path}" must be an array, got ${kindOf(json)}`)
      return json.map((value, index) => item.read(value, path.item(index)))
    },
  }
}

export function pair<A, B>(first: Codec<A>, second: Codec<B>): Codec<readonly [A, B]> {
  return {
    write: ([a, b]) => [first.write(a), second.write(b)],
    read(json, path) {
      const values = list({ write: () => null, read: (value) => value }).read(json, path)
      if (values.length !== 2) throw new RangeError(`"${path}" must have two items, got ${values.length}`)
      return [first.read(values[0], path.item(0)), second.read(values[1], path.item(1))]
    },
  }
}

/** A value that is converted to another type, for which there is a codec. */
export function mapped<T, U>(codec: Codec<U>, to: (value: T) => U, from: (value: U, path: StatePath) => T): Codec<T> {
  return {
    write: (value) => codec.write(to(value)),
    read: (json, path) => from(codec.read(json, path), path),
  }
}

export function setOf(item: Codec<string>): Codec<Set<string>> {
  return mapped(
    list(item),
    (set) => [...set],
    (values) => new Set(values),
  )
}

export function mapOf<T>(value: Codec<T>): Codec<Map<string, T>> {
  return mapped(
    list(pair(text, value)),
    (map) => [...map],
    (entries) => new Map(entries),
  )
}

/** A map whose keys are members of its values. */
export function tableOf<T>(value: Codec<T>, keyOf: (value: T) => string): Codec<Map<string, T>> {
  return mapped(
    list(value),
    (map) => [...map.values()],
    (values, path) => {
      const map = new Map(values.map((one) => [keyOf(one), one]))
      if (map.size !== values.length) throw new RangeError(`"${path}" must not contain a key twice`)
      return map
    },
  )
}

/** An object with exactly the members of the shape. */
export function object<T extends object>(shape: Shape<T>): Codec<T> {
  const members = Object.entries<Member>(shape)
  return {
    write: (value) => Object.fromEntries(members.flatMap(([name, member]) => writeMember(value, name, member))),
    read(json, path) {
      assertObject(json, path.toString())
      const unknown = Object.keys(json).find(
        (name) => !members.some(([own, member]) => own === name && 'read' in member),
      )
      if (unknown !== undefined) throw new RangeError(`"${path}" must not have a member "${unknown}"`)
      // The type of `shape` guarantees that these are the members of T.
      return Object.fromEntries(members.flatMap(([name, member]) => readMember(json, name, { member, path }))) as T
    },
  }
}

type Member = Codec<unknown> | Optional<unknown> | Transient<unknown>

function writeMember(value: object, name: string, member: Member): [string, Json][] {
  const held: unknown = value[name as keyof typeof value]
  return 'initial' in member || held === undefined ? [] : [[name, member.write(held)]]
}

function readMember(
  json: object,
  name: string,
  { member, path }: { member: Member; path: StatePath },
): [string, unknown][] {
  if ('initial' in member) return [[name, member.initial()]]
  const held: unknown = Object.hasOwn(json, name) ? json[name as keyof typeof json] : undefined
  if (held === undefined && 'optional' in member) return []
  return [[name, member.read(held, path.member(name))]]
}
