import type { UnknownEvent } from '../events.ts'
import { eventId } from '../read/event-id.ts'
import { getOwn, isJsonObject } from '../read/json-object.ts'
import { occurredAt } from '../read/occurred-at.ts'
import { memberOf, type ParsedBody, readExactId } from '../read/parsed-body.ts'
import { createUnknownEvent } from '../read/unknown-event.ts'
import { readIncludes } from '../x-activity/includes.ts'
import { isReplayed } from '../x-activity/read-activities.ts'
import type { WireV2Post } from '../x-activity/wire/post.ts'
import type { FilteredPostEvent, WireMatchingRule } from './events.ts'

/** Reads a delivery of a filtered stream: one post, with all rules that match it. */
export function readFilteredPost(parsed: ParsedBody): FilteredPostEvent | UnknownEvent {
  const body = parsed.value
  const post = getOwn(body, 'data')
  const exactId = () => memberOf(parsed.exact.data, 'id')
  const postId = isJsonObject(post) ? readExactId(getOwn(post, 'id'), exactId) : undefined
  if (!isJsonObject(post) || postId === undefined) {
    const issues = [{ path: ['data', 'id'], message: 'expected an id' }]
    return createUnknownEvent({ family: 'filtered_stream', value: body, exactValue: () => parsed.exact, issues })
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
