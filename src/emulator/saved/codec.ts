import { assertObject, kindOf } from '../../internal/assert.ts'
import type { StatePath } from './state-path.ts'

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** How a value becomes JSON, and how it is made of it again. */
export interface Codec<T> {
  write(value: T): Json
  /**
   * @throws TypeError when the JSON is of another kind.
   * @throws RangeError when its value cannot be.
   */
  read(json: unknown, at: StatePath): T
}

/** A member that may be missing. */
export interface Optional<T> extends Codec<T> {
  readonly optional: true
}

/** A member that is not written, because it is nothing that could go on: it is read as what it is at rest. */
export interface Transient<T> {
  readonly atRest: () => T
}

/** A codec for each member of an object: one that lacks a member, or has one too many, does not compile. */
export type Shape<T> = {
  readonly [Key in keyof T]-?: undefined extends T[Key]
    ? Optional<Exclude<T[Key], undefined>>
    : Codec<T[Key]> | Transient<T[Key]>
}

export const text: Codec<string> = {
  write: (value) => value,
  read(json, at) {
    if (typeof json !== 'string') throw new TypeError(`"${at}" must be a string, got ${kindOf(json)}`)
    return json
  },
}

export const flag: Codec<boolean> = {
  write: (value) => value,
  read(json, at) {
    if (typeof json !== 'boolean') throw new TypeError(`"${at}" must be a boolean, got ${kindOf(json)}`)
    return json
  },
}

/** A whole number, 0 or more: all numbers of the state are counts, positions, and milliseconds. */
export const wholeNumber: Codec<number> = {
  write: (value) => value,
  read(json, at) {
    if (typeof json !== 'number') throw new TypeError(`"${at}" must be a number, got ${kindOf(json)}`)
    if (!Number.isSafeInteger(json) || json < 0) throw new RangeError(`"${at}" must be a whole number, got ${json}`)
    return json
  },
}

/** A text that matches a pattern throughout. */
export function matching(pattern: RegExp, what: string): Codec<string> {
  return {
    write: (value) => value,
    read(json, at) {
      const value = text.read(json, at)
      if (!pattern.test(value)) throw new RangeError(`"${at}" must be ${what}`)
      return value
    },
  }
}

export function oneOf<const T extends string>(...values: readonly T[]): Codec<T> {
  return {
    write: (value) => value,
    read(json, at) {
      const found = values.find((value) => value === text.read(json, at))
      if (found === undefined) throw new RangeError(`"${at}" must be ${values.map((one) => `'${one}'`).join(' or ')}`)
      return found
    },
  }
}

export function nullable<T extends NonNullable<unknown>>(codec: Codec<T>): Codec<T | null> {
  return {
    write: (value) => (value === null ? null : codec.write(value)),
    read: (json, at) => (json === null ? null : codec.read(json, at)),
  }
}

export function optional<T>(codec: Codec<T>): Optional<T> {
  return { ...codec, optional: true }
}

export function transient<T>(atRest: () => T): Transient<T> {
  return { atRest }
}

export function list<T>(item: Codec<T>): Codec<readonly T[]> {
  return {
    write: (values) => values.map((value) => item.write(value)),
    read(json, at) {
      if (!Array.isArray(json)) throw new TypeError(`"${at}" must be an array, got ${kindOf(json)}`)
      return json.map((value, index) => item.read(value, at.item(index)))
    },
  }
}

export function pair<A, B>(first: Codec<A>, second: Codec<B>): Codec<readonly [A, B]> {
  return {
    write: ([a, b]) => [first.write(a), second.write(b)],
    read(json, at) {
      const values = list({ write: () => null, read: (value) => value }).read(json, at)
      if (values.length !== 2) throw new RangeError(`"${at}" must have two items, got ${values.length}`)
      return [first.read(values[0], at.item(0)), second.read(values[1], at.item(1))]
    },
  }
}

/** Through something else, for which there is a codec. */
export function mapped<T, U>(codec: Codec<U>, to: (value: T) => U, from: (value: U, at: StatePath) => T): Codec<T> {
  return {
    write: (value) => codec.write(to(value)),
    read: (json, at) => from(codec.read(json, at), at),
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

/** Values that know their own key. */
export function tableOf<T>(value: Codec<T>, keyOf: (value: T) => string): Codec<Map<string, T>> {
  return mapped(
    list(value),
    (map) => [...map.values()],
    (values, at) => {
      const map = new Map(values.map((one) => [keyOf(one), one]))
      if (map.size !== values.length) throw new RangeError(`"${at}" must not hold anything twice`)
      return map
    },
  )
}

/** An object with exactly the members of the shape. */
export function object<T extends object>(shape: Shape<T>): Codec<T> {
  const members = Object.entries<Member>(shape)
  return {
    write: (value) => Object.fromEntries(members.flatMap(([name, member]) => writeMember(value, name, member))),
    read(json, at) {
      assertObject(json, at.toString())
      const strange = Object.keys(json).find(
        (name) => !members.some(([own, member]) => own === name && 'read' in member),
      )
      if (strange !== undefined) throw new RangeError(`"${at}" must not have a member "${strange}"`)
      // The type of `shape` says that these are the members of T.
      return Object.fromEntries(members.flatMap(([name, member]) => readMember(json, name, { member, at }))) as T
    },
  }
}

type Member = Codec<unknown> | Optional<unknown> | Transient<unknown>

function writeMember(value: object, name: string, member: Member): [string, Json][] {
  const held: unknown = value[name as keyof typeof value]
  return 'atRest' in member || held === undefined ? [] : [[name, member.write(held)]]
}

function readMember(
  json: object,
  name: string,
  { member, at }: { member: Member; at: StatePath },
): [string, unknown][] {
  if ('atRest' in member) return [[name, member.atRest()]]
  const held: unknown = Object.hasOwn(json, name) ? json[name as keyof typeof json] : undefined
  if (held === undefined && 'optional' in member) return []
  return [[name, member.read(held, at.member(name))]]
}
