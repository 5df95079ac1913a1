import { readId } from '../id-of.ts'
import { getOwn, isJsonObject, type JsonObject } from './json-object.ts'

/**
 * The object of a body, and its numbers as they were written. `JSON.parse` rounds ids beyond 2^53, so the digits of a
 * number are taken from the text of the body where they matter.
 */
export class ParsedBody {
  /** What `JSON.parse` returned. */
  readonly value: JsonObject
  readonly #text: string | undefined
  #exact: JsonObject | undefined

  /** @param text - The text of the body, if it is known. */
  constructor(value: JsonObject, text?: string) {
    this.value = value
    this.#text = text
  }

  /**
   * The body once more, with strings in place of the numbers that may be rounded. The text is scanned when this is first
   * read: only few bodies need it. It is `value` when there are no such numbers, or the text is not known.
   */
  get exact(): JsonObject {
    this.#exact ??= this.#parseExact() ?? this.value
    return this.#exact
  }

  /** The text, if ids were taken from it that the object does not contain. */
  get textOfIds(): string | undefined {
    return this.#exact === undefined || this.#exact === this.value ? undefined : this.#text
  }

  #parseExact(): JsonObject | undefined {
    const quoted = this.#text === undefined ? undefined : quoteLongNumbers(this.#text)
    return quoted === undefined ? undefined : (JSON.parse(quoted) as JsonObject)
  }
}

/** Integers as they were written, with a sign or not. A number with a fraction or an exponent is not an id. */
const integer = /^-?\d+$/

/** The digits of a number that JSON may have rounded, from its place in `ParsedBody.exact`. */
export function exactDigits(value: unknown, exact: unknown): string | undefined {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value)
  return isRounded && typeof exact === 'string' && integer.test(exact) ? exact : undefined
}

/**
 * Reads an id from a string or a number. The digits of a number that JSON has rounded come from the text.
 *
 * @param exact - Returns the same value of `ParsedBody.exact`.
 */
export function readExactId(value: unknown, exact: () => unknown): string | undefined {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return readId(value)
  return exactDigits(value, exact())
}

/** The members of an event that are objects with an id, or the author of a post. */
const membersWithIds = ['user', 'favorited_status', 'source', 'target']

/**
 * An event with an exact `id_str` wherever X sent an id only as a number that JSON rounds: in the event itself and in the
 * objects that identify it. Returns the same event when there is no such id.
 *
 * @param exactValue - Returns the same event of `ParsedBody.exact`.
 */
export function withExactIds(value: unknown, exactValue: () => unknown): unknown {
  if (!isJsonObject(value)) return value
  const members = membersWithIds.filter((key) => isRounded(value[key]))
  if (members.length === 0 && !isRounded(value)) return value
  const exact = exactValue()
  const copy: Record<string, unknown> = { ...withExactId(value, exact) }
  for (const key of members) copy[key] = withExactId(value[key] as JsonObject, memberOf(exact, key))
  return copy
}

/** Whether an object has a rounded `id` and no `id_str`. */
function isRounded(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const { id, id_str } = value
  return typeof id === 'number' && !Number.isSafeInteger(id) && (id_str === undefined || id_str === '')
}

function withExactId(object: JsonObject, exact: unknown): JsonObject {
  const digits = isRounded(object) ? exactDigits(object.id, memberOf(exact, 'id')) : undefined
  return digits === undefined ? object : { ...object, id_str: digits }
}

/** The member of a JSON object, or `undefined` when the value is not one. */
export function memberOf(value: unknown, key: string): unknown {
  return isJsonObject(value) ? getOwn(value, key) : undefined
}

/** Shorter numbers have at most 15 digits, so `JSON.parse` returns different numbers for different ones. */
const longNumber = 16

/**
 * Puts the numbers of a JSON text in quotes that `JSON.parse` may round: those of many digits or with an exponent.
 * Returns `undefined` when there is none. It scans the text once, from the left to the right.
 *
 * @param json - A text that `JSON.parse` accepts.
 */
export function quoteLongNumbers(json: string): string | undefined {
  const pieces: string[] = []
  let copied = 0
  let index = 0
  while (index < json.length) {
    const code = json.charCodeAt(index)
    if (code === quotationMark) index = endOfString(json, index)
    else if (isDigit(code) || code === minus) {
      const end = endOfNumber(json, index)
      const number = json.slice(index, end)
      if (number.length >= longNumber || /e/i.test(number)) {
        pieces.push(json.slice(copied, index), '"', number, '"')
        copied = end
      }
      index = end
    } else index += 1
  }
  if (copied === 0) return undefined
  pieces.push(json.slice(copied))
  return pieces.join('')
}

const quotationMark = 0x22
const backslash = 0x5c
const minus = 0x2d

/** The index behind the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end === -1 ? json.length : end + 1
}

/** Whether an odd number of backslashes precedes a character. */
function isEscaped(json: string, index: number): boolean {
  let first = index
  while (json.charCodeAt(first - 1) === backslash) first -= 1
  return (index - first) % 2 === 1
}

/** The index behind the number that begins at `start`. */
function endOfNumber(json: string, start: number): number {
  let end = start + 1
  while (end < json.length && isPartOfNumber(json.charCodeAt(end))) end += 1
  return end
}

/** Digits, `.`, `+`, `-`, `e` and `E`. */
function isPartOfNumber(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x2b || code === minus || code === 0x65 || code === 0x45
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
