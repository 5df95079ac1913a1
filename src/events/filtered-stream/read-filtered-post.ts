import type { UnknownEvent } from '../events.ts'
import { eventId } from '../read/event-id.ts'
import { getOwn, isJsonObject, type JsonObject } from '../read/json-object.ts'
import { occurredAt } from '../read/occurred-at.ts'
import { memberOf, type ParsedBody, readExactId } from '../read/parsed-body.ts'
import { createUnknownEvent } from '../read/unknown-event.ts'
import { readIncludes } from '../x-activity/includes.ts'
import { isReplayed } from '../x-activity/read-activities.ts'
import type { WireV2Post } from '../x-activity/wire/post.ts'
import type { FilteredPostEvent, WireMatchingRule } from './events.ts'

/** The posts of a delivery of a filtered stream. X sends one post in `data`; a list of posts is read, too. */
export function readFilteredPosts(parsed: ParsedBody): (FilteredPostEvent | UnknownEvent)[] {
  const data = getOwn(parsed.value, 'data')
  if (!Array.isArray(data) || data.length === 0) {
    return [readFilteredPost(parsed, { post: data, exactPost: () => parsed.exact.data, path: ['data'] })]
  }
  return data.map((post: unknown, index) => {
    const exactPost = () => (parsed.exact.data as readonly unknown[])[index]
    return readFilteredPost(parsed, { post, exactPost, path: ['data', index] })
  })
}

/** How many posts a delivery of a filtered stream has, without reading them. */
export function countFilteredPosts(body: JsonObject): number {
  const data = getOwn(body, 'data')
  return Array.isArray(data) ? Math.max(data.length, 1) : 1
}

interface RawPost {
  readonly post: unknown
  /** Returns the same post of `ParsedBody.exact`. */
  readonly exactPost: () => unknown
  /** Where it is in the body. */
  readonly path: readonly (string | number)[]
}

/** Reads one post, with all rules of the delivery. */
function readFilteredPost(parsed: ParsedBody, { post, exactPost, path }: RawPost): FilteredPostEvent | UnknownEvent {
  const body = parsed.value
  const postId = isJsonObject(post) ? readExactId(getOwn(post, 'id'), () => memberOf(exactPost(), 'id')) : undefined
  if (!isJsonObject(post) || postId === undefined) {
    const issues = [{ path: [...path, 'id'], message: 'expected an id' }]
    // The whole body is the payload, so the place of the post in a list distinguishes the events.
    const event = createUnknownEvent({ family: 'filtered_stream', value: body, exactValue: () => parsed.exact, issues })
    return path.length === 1 ? event : { ...event, id: `${event.id}:${path[1]}` }
  }
  const time = occurredAt({ created_at: getOwn(post, 'created_at') })
  const includes = readIncludes(body)
  return {
    type: 'filtered_post',
    id: eventId({ kind: 'filtered_post', parts: [postId], value: post }),
    ...(time !== undefined && { occurredAt: time }),
    postId,
    matchingRules: readRules(getOwn(body, 'matching_rules')),
    ...(includes !== undefined && { includes }),
    ...(isReplayed(body) && { isReplay: true }),
    payload: post as unknown as WireV2Post,
  }
}

function readRules(rules: unknown): WireMatchingRule[] {
  return Array.isArray(rules) ? rules.filter((rule): rule is WireMatchingRule => isJsonObject(rule)) : []
}
