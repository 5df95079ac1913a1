import * as z from 'zod/mini'
import type { Issue } from '../../errors/response-error.ts'
import type { ActivityEvent } from '../events.ts'
import type { Found } from '../read/raw-event.ts'
import { unknownEvent } from '../read/unknown-event.ts'
import { replayJobStatusEvent, userRevokeEvent } from './account-events.ts'
import { directMessageEvent, directMessageReadEvent, directMessageTypingEvent } from './conversation-events.ts'
import { plainPost } from './plain-post.ts'
import { favoriteEvent, postCreateEvent, postDeleteEvent } from './post-events.ts'
import { relationEvent } from './relation-events.ts'
import {
  blockSchema,
  favoriteSchema,
  followSchema,
  messageSchema,
  muteSchema,
  postDeleteSchema,
  postSchema,
  readSchema,
  replayJobStatusSchema,
  typingSchema,
  userEventSchema,
} from './schemas.ts'

type Reader = (found: Found) => ActivityEvent

function reader<Facts>(
  schema: z.ZodMiniType<Facts>,
  build: (facts: Facts, found: Found) => ActivityEvent,
  readPlain: (value: unknown) => Facts | undefined = () => undefined,
): Reader {
  return (found) => {
    const plain = readPlain(found.value)
    if (plain !== undefined) return build(plain, found)
    const checked = z.safeParse(schema, found.value)
    if (checked.success) return build(checked.data, found)
    return misreadEvent(found, checked.error.issues.map(toIssue))
  }
}

/** One reader for each key that X documents. */
const readers: ReadonlyMap<string, Reader> = new Map([
  ['tweet_create_events', reader(postSchema, postCreateEvent, plainPost)],
  ['tweet_delete_events', reader(postDeleteSchema, postDeleteEvent)],
  ['favorite_events', reader(favoriteSchema, favoriteEvent)],
  ['follow_events', reader(followSchema, relationEvent('follow'))],
  ['unfollow_events', reader(followSchema, relationEvent('unfollow'))],
  ['block_events', reader(blockSchema, relationEvent('block'))],
  ['unblock_events', reader(blockSchema, relationEvent('unblock'))],
  ['mute_events', reader(muteSchema, relationEvent('mute'))],
  ['unmute_events', reader(muteSchema, relationEvent('unmute'))],
  ['direct_message_events', reader(messageSchema, directMessageEvent)],
  ['direct_message_indicate_typing_events', reader(typingSchema, directMessageTypingEvent)],
  ['direct_message_mark_read_events', reader(readSchema, directMessageReadEvent)],
  ['user_event', reader(userEventSchema, userRevokeEvent)],
  ['replay_job_status', reader(replayJobStatusSchema, replayJobStatusEvent)],
])

/** The event that stands at a place of a delivery; an unknown one where its key or its form is not one that X documents. */
export function readEvent(found: Found): ActivityEvent {
  const read = readers.get(found.key)
  return read ? read(found) : unknownEvent({ family: 'account_activity', ...found })
}

/** An unknown event for a value that is not what its key promises; the paths of the issues begin in that value. */
export function misreadEvent(found: Found, issues: readonly Issue[]): ActivityEvent {
  const { key, index } = found
  const place = index === undefined ? [key] : [key, index]
  const placed = issues.map(({ path, message }) => ({ path: [...place, ...path], message }))
  return unknownEvent({ family: 'account_activity', ...found, issues: placed })
}

function toIssue(problem: z.core.$ZodIssue): Issue {
  const path = problem.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  // zod/mini comes without texts of its own.
  const message = problem.code === 'invalid_type' ? `expected ${problem.expected}` : problem.message
  return { path, message }
}
