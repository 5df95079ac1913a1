import type { Issue } from '../../errors/response-error.ts'
import type { Direction } from '../event-base.ts'
import { getOwn, type JsonObject } from '../read/json-object.ts'
import { memberOf, readExactId } from '../read/parsed-body.ts'
import { unwrapUser } from './includes.ts'
import type { XActivityIncludes } from './wire/envelope.ts'
import type { WireV2User } from './wire/user.ts'

/** What a reader takes from the payload of an event. */
export interface XActivityFacts {
  /** The members of the event beside those that every event has. */
  readonly members: JsonObject
  readonly direction?: Direction | undefined
  /** When it happened, as X wrote it. Not all payloads say it. */
  readonly time?: unknown
  /** What identifies the event when X sends no `event_uuid`. When a part is missing, a digest completes it. */
  readonly identity: readonly (string | undefined)[]
}

/** The payload of an event, and what is around it. */
export class PayloadReading {
  readonly payload: JsonObject
  /** The part of the payload that the event is about. It is the payload, unless that is a list. */
  readonly item: JsonObject
  /** Returns the same item of `ParsedBody.exact`. */
  readonly exactItem: () => unknown
  readonly type: string
  readonly accountId: string | undefined
  /** The direction of the filter. */
  readonly filterDirection: unknown
  readonly includes: XActivityIncludes | undefined
  /** What is missing. */
  readonly issues: Issue[] = []
  readonly #path: readonly (string | number)[]

  constructor(
    parts: Pick<
      PayloadReading,
      'payload' | 'item' | 'exactItem' | 'type' | 'accountId' | 'filterDirection' | 'includes'
    >,
    path: readonly (string | number)[],
  ) {
    this.payload = parts.payload
    this.item = parts.item
    this.exactItem = parts.exactItem
    this.type = parts.type
    this.accountId = parts.accountId
    this.filterDirection = parts.filterDirection
    this.includes = parts.includes
    this.#path = path
  }

  /** An id that the event cannot be without, at a path in the item. */
  require(...path: readonly string[]): string {
    const id = this.find(...path)
    if (id === undefined) this.#report(path, 'expected an id')
    return id ?? ''
  }

  /** An id that may be absent. */
  find(...path: readonly string[]): string | undefined {
    return readExactId(memberAt(this.item, path), () => memberAt(this.exactItem(), path))
  }

  /** A user that the event cannot be without. */
  requireUser(key: string): { readonly id: string; readonly user: WireV2User | undefined } {
    const user = unwrapUser(getOwn(this.item, key))
    const id = readExactId(user?.id, () => unwrapUser(memberOf(this.exactItem(), key))?.id)
    if (id === undefined) this.#report([key], 'expected a user with an id')
    return { id: id ?? '', user }
  }

  /** A member of the item, such as a text or a time. */
  member(key: string): unknown {
    return getOwn(this.item, key)
  }

  #report(path: readonly string[], message: string): void {
    this.issues.push({ path: [...this.#path, ...path], message })
  }
}

/** What the account did is `outgoing`, what another user did is `incoming`. */
export function directionBy(actorId: string | undefined, accountId: string | undefined): Direction | undefined {
  if (actorId === undefined || accountId === undefined) return undefined
  return actorId === accountId ? 'outgoing' : 'incoming'
}

function memberAt(value: unknown, path: readonly string[]): unknown {
  let member = value
  for (const key of path) member = memberOf(member, key)
  return member
}
