import { hmacSha256 } from '#hmac'

/** What tells an event from all others. */
export interface Identity {
  /** The type, and for unknown events whatever else keeps them apart. */
  readonly kind: readonly string[]
  /** The subscribed account: the same event is delivered once to each. */
  readonly forUserId?: string | undefined
  /** The ids that make the event the one it is; where one is missing, `value` decides. */
  readonly parts: readonly (string | undefined)[]
  /** The event as it came off the wire. */
  readonly value: unknown
}

/** The same text for every delivery of an event, and no other event's: `tweet_create:2975699229:1207610954160037890`. */
export function eventId({ kind, forUserId = '', parts, value }: Identity): string {
  let id = `${kind.map(escapePart).join(':')}:${escapePart(forUserId)}`
  let isWhole = true
  for (const part of parts) {
    if (part === undefined) isWhole = false
    else id += `:${escapePart(part)}`
  }
  return isWhole ? id : `${id}:#${digest(value)}`
}

/** Parts come off the wire: one that holds a colon must not pass for two, nor one that begins with `#` for a digest. */
function escapePart(part: string): string {
  return /[%:#]/.test(part) ? part.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll('#', '%23') : part
}

/** A fingerprint of a JSON value. Walks on its own stack, because `JSON.stringify` has none left in a deep one. */
export function digest(value: unknown): string {
  const tokens: string[] = []
  const seen = new Set<object>()
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const item = pending.pop()
    if (typeof item !== 'object' || item === null) {
      tokens.push(typeof item === 'string' ? JSON.stringify(item) : String(item))
    } else if (seen.has(item)) {
      tokens.push('^')
    } else {
      seen.add(item)
      // Counts and keys come before the values, so no two values have the same tokens.
      tokens.push(Array.isArray(item) ? `[${item.length}` : `{${JSON.stringify(Object.keys(item))}`)
      for (const child of Object.values(item)) pending.push(child)
    }
  }
  return hmacSha256('x-account-activity event id', tokens.join(' '))
}
