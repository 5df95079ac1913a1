import { hmacSha256Prepared, prepareHmacKey } from '#hmac'
import type { JsonObject } from './json-object.ts'

/** What makes an event different from all others. */
export interface EventIdentity {
  /** The type of the event, as `joinIdParts` returns it when it has several parts. */
  readonly kind: string
  /** The subscribed account: X delivers the same event once to each. */
  readonly forUserId?: string | undefined
  /** The ids that identify the event. When one is missing, a digest of `value` completes the identity. */
  readonly parts: readonly (string | undefined)[]
  /** The event as X sent it. */
  readonly value: unknown
  /**
   * Returns the same event of `ParsedBody.exact`. Without it, the digest contains numbers as JSON rounds them. It is called
   * for a digest only.
   */
  readonly exactValue?: (() => unknown) | undefined
}

/**
 * Builds the id of an event, such as `tweet_create:2975699229:1207610954160037890`: the same text for each delivery of
 * the event, and a different one for every other event.
 */
export function eventId({ kind, forUserId = '', parts, value, exactValue }: EventIdentity): string {
  let id = `${kind}:${escapePart(forUserId)}`
  let isComplete = true
  for (const part of parts) {
    if (part === undefined) isComplete = false
    else id += `:${escapePart(part)}`
  }
  return isComplete ? id : `${id}:#${digest(value, exactValue?.())}`
}

/** Joins the parts of an id so that different parts never give the same text. */
export function joinIdParts(...parts: readonly string[]): string {
  let joined = ''
  for (const [index, part] of parts.entries()) joined += index === 0 ? escapePart(part) : `:${escapePart(part)}`
  return joined
}

/**
 * Escapes `%`, `:` and `#`. Parts come from X: a part with a colon must not look like two parts, and a part that begins
 * with `#` must not look like a digest. Half of a surrogate pair is escaped too: stores write texts as UTF-8, which has
 * no form for it, so two ids could become one.
 */
function escapePart(part: string): string {
  if (isDigits(part) || !/[%:#\ud800-\udfff]/.test(part)) return part
  return part
    .replaceAll('%', '%25')
    .replaceAll(':', '%3A')
    .replaceAll('#', '%23')
    .replace(/[\ud800-\udfff]/gu, (half) => `%u${half.charCodeAt(0).toString(16)}`)
}

/** Nearly every part is an id. For such short texts, a loop takes less time than a regular expression. */
function isDigits(part: string): boolean {
  for (let index = 0; index < part.length; index += 1) {
    const code = part.charCodeAt(index)
    if (code < 0x30 || code > 0x39) return false
  }
  return true
}

const digestKey = /* @__PURE__ */ prepareHmacKey('x-account-activity event id')

/**
 * A fingerprint of a JSON value: equal for two values only when they have the same members, in whatever order, and the
 * same digits in their numbers. It has a stack of its own, because recursion overflows on deep values.
 *
 * @param exact - The same value of `ParsedBody.exact`, which has the digits of numbers that JSON rounds.
 */
export function digest(value: unknown, exact?: unknown): string {
  const tokens: string[] = []
  const seen = new Set<object>()
  const pending: unknown[] = [exact, value]
  while (pending.length > 0) {
    const item = pending.pop()
    const exactItem = pending.pop()
    if (typeof item !== 'object' || item === null) {
      tokens.push(scalarToken(item, exactItem))
      continue
    }
    if (seen.has(item)) {
      tokens.push('^')
      continue
    }
    seen.add(item)
    // Counts and keys come before the values, so two different values never have the same tokens.
    const keys = Object.keys(item)
    if (!Array.isArray(item)) keys.sort()
    tokens.push(Array.isArray(item) ? `[${item.length}` : `{${JSON.stringify(keys)}`)
    for (const key of keys) pending.push(memberOf(exactItem, key), memberOf(item, key))
  }
  return hmacSha256Prepared(digestKey, tokens.join(' '))
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined
}

/**
 * A number is written with its own digits where they are known. Values that are not JSON are named by their type: the
 * `toString` of a function may be anything.
 */
function scalarToken(value: unknown, exact: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return typeof exact === 'string' ? exact : String(value)
  return typeof value === 'function' || typeof value === 'symbol' ? typeof value : String(value)
}
