import { hmacSha256 } from '#hmac'

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
}

/**
 * Builds the id of an event, such as `tweet_create:2975699229:1207610954160037890`: the same text for each delivery of
 * the event, and a different one for every other event.
 */
export function eventId({ kind, forUserId = '', parts, value }: EventIdentity): string {
  let id = `${kind}:${escapePart(forUserId)}`
  let isComplete = true
  for (const part of parts) {
    if (part === undefined) isComplete = false
    else id += `:${escapePart(part)}`
  }
  return isComplete ? id : `${id}:#${digest(value)}`
}

/** Joins the parts of an id so that different parts never give the same text. */
export function joinIdParts(...parts: readonly string[]): string {
  return parts.map(escapePart).join(':')
}

/**
 * Escapes `%`, `:` and `#`. Parts come from X: a part with a colon must not look like two parts, and a part that begins
 * with `#` must not look like a digest.
 */
function escapePart(part: string): string {
  if (!/[%:#]/.test(part)) return part
  return part.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll('#', '%23')
}

/** A fingerprint of a JSON value. It has a stack of its own, because `JSON.stringify` overflows on deep values. */
export function digest(value: unknown): string {
  const tokens: string[] = []
  const seen = new Set<object>()
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const item = pending.pop()
    if (typeof item !== 'object' || item === null) {
      tokens.push(scalarToken(item))
    } else if (seen.has(item)) {
      tokens.push('^')
    } else {
      seen.add(item)
      // Counts and keys come before the values, so two different values never have the same tokens.
      tokens.push(Array.isArray(item) ? `[${item.length}` : `{${JSON.stringify(Object.keys(item))}`)
      for (const child of Object.values(item)) pending.push(child)
    }
  }
  return hmacSha256('x-account-activity event id', tokens.join(' '))
}

/** Values that are not JSON are named by their type: the `toString` of a function may be anything. */
function scalarToken(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return typeof value === 'function' || typeof value === 'symbol' ? typeof value : String(value)
}
