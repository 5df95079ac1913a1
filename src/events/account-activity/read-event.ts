import type * as z from 'zod/mini'
import type { Issue } from '../../errors/response-error.ts'
import type { ActivityEvent, UnknownEvent } from '../events.ts'
import { withExactIds } from '../read/parsed-body.ts'
import { exactValueOf, type RawEvent } from '../read/raw-event.ts'
import { createUnknownEvent } from '../read/unknown-event.ts'
import { createReplayJobStatusEvent, createUserRevokeEvent } from './account-events.ts'
import {
  createDirectMessageEvent,
  createDirectMessageReadEvent,
  createDirectMessageTypingEvent,
} from './conversation-events.ts'
import {
  createFastRelationFacts,
  fastFavoriteFacts,
  fastMessageFacts,
  fastPostDeleteFacts,
  fastPostFacts,
  fastReadFacts,
  fastTypingFacts,
} from './fast-facts.ts'
import { createFavoriteEvent, createPostCreateEvent, createPostDeleteEvent } from './post-events.ts'
import { relationEventCreator } from './relation-events.ts'
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

type EventReader = (raw: RawEvent) => ActivityEvent

/** How the events of one key are read. */
interface EventReading<Facts> {
  /** Checks an event, and takes from it what identifies it. */
  readonly schema: z.ZodMiniType<Facts>
  readonly create: (facts: Facts, raw: RawEvent) => ActivityEvent
  /** Does the same as the schema for the form that X sends, in less time; `undefined` for any other form. */
  readonly fastFacts?: (value: unknown) => Facts | undefined
}

function createReader<Facts>({ schema, create, fastFacts = () => undefined }: EventReading<Facts>): EventReader {
  return (raw) => {
    const facts = fastFacts(raw.value)
    if (facts !== undefined) return create(facts, raw)
    const value = withExactIds(raw.value, () => exactValueOf(raw))
    // As `z.safeParse`, but without an error object, which takes longer than the rest: a body may hold many malformed events.
    const checked = schema._zod.run({ value, issues: [] }, { async: false }) as z.core.ParsePayload<Facts>
    if (checked.issues.length === 0) return create(checked.value, raw)
    return createMalformedEvent(raw, checked.issues.map(toIssue))
  }
}

const fastFollowFacts = createFastRelationFacts(['follow', 'unfollow'])
const fastBlockFacts = createFastRelationFacts(['block', 'unblock'])
const fastMuteFacts = createFastRelationFacts(['mute', 'unmute'])

/** The reader for each key that X documents. */
const readers: ReadonlyMap<string, EventReader> = new Map([
  [
    'tweet_create_events',
    createReader({ schema: postSchema, create: createPostCreateEvent, fastFacts: fastPostFacts }),
  ],
  [
    'tweet_delete_events',
    createReader({ schema: postDeleteSchema, create: createPostDeleteEvent, fastFacts: fastPostDeleteFacts }),
  ],
  [
    'favorite_events',
    createReader({ schema: favoriteSchema, create: createFavoriteEvent, fastFacts: fastFavoriteFacts }),
  ],
  [
    'follow_events',
    createReader({ schema: followSchema, create: relationEventCreator('follow'), fastFacts: fastFollowFacts }),
  ],
  [
    'unfollow_events',
    createReader({ schema: followSchema, create: relationEventCreator('unfollow'), fastFacts: fastFollowFacts }),
  ],
  [
    'block_events',
    createReader({ schema: blockSchema, create: relationEventCreator('block'), fastFacts: fastBlockFacts }),
  ],
  [
    'unblock_events',
    createReader({ schema: blockSchema, create: relationEventCreator('unblock'), fastFacts: fastBlockFacts }),
  ],
  ['mute_events', createReader({ schema: muteSchema, create: relationEventCreator('mute'), fastFacts: fastMuteFacts })],
  [
    'unmute_events',
    createReader({ schema: muteSchema, create: relationEventCreator('unmute'), fastFacts: fastMuteFacts }),
  ],
  [
    'direct_message_events',
    createReader({ schema: messageSchema, create: createDirectMessageEvent, fastFacts: fastMessageFacts }),
  ],
  [
    'direct_message_indicate_typing_events',
    createReader({ schema: typingSchema, create: createDirectMessageTypingEvent, fastFacts: fastTypingFacts }),
  ],
  [
    'direct_message_mark_read_events',
    createReader({ schema: readSchema, create: createDirectMessageReadEvent, fastFacts: fastReadFacts }),
  ],
  ['user_event', createReader({ schema: userEventSchema, create: createUserRevokeEvent })],
  ['replay_job_status', createReader({ schema: replayJobStatusSchema, create: createReplayJobStatusEvent })],
])

const unreadable = [{ path: [], message: 'expected members that can be read' }]

/** The keys of {@link readers}, those of single events included. */
export const documentedKeys: readonly string[] = [...readers.keys()]

/**
 * Reads one event. It becomes an unknown event when X does not document its key or its form. Never throws, so that a
 * malformed event does not affect the others.
 */
export function readEvent(raw: RawEvent): ActivityEvent {
  try {
    const read = readers.get(raw.key)
    return read ? read(raw) : createUnreadEvent(raw)
  } catch {
    // Not JSON: an object with a getter that throws, for example.
    return { ...createMalformedEvent({ ...raw, value: undefined }, unreadable), payload: raw.value }
  }
}

/**
 * Creates an unknown event for a value that does not have the form of its key.
 *
 * @param issues - What is wrong; their paths begin in the value.
 */
export function createMalformedEvent(raw: RawEvent, issues: readonly Issue[]): UnknownEvent {
  const { key, index } = raw
  const placedIssues = issues.map(({ path, message }) => {
    return { path: index === undefined ? [key, ...path] : [key, index, ...path], message }
  })
  return createUnreadEvent(raw, placedIssues)
}

function createUnreadEvent(raw: RawEvent, issues?: readonly Issue[]): UnknownEvent {
  const { key, forUserId, value } = raw
  return createUnknownEvent({
    family: 'account_activity',
    key,
    forUserId,
    value,
    exactValue: () => exactValueOf(raw),
    issues,
  })
}

/** What zod reports, in our words. zod's own function for it would bring all of zod into a bundle. */
function toIssue(problem: z.core.$ZodRawIssue): Issue {
  const { path = [] } = problem
  return { path: path.map((step) => (typeof step === 'symbol' ? String(step) : step)), message: messageOf(problem) }
}

function messageOf(problem: z.core.$ZodRawIssue): string {
  if (problem.code === 'invalid_type') return `expected ${problem.expected}`
  const createMessage = problem.inst?._zod.def.error as z.core.$ZodErrorMap | undefined
  const message = problem.message ?? createMessage?.(problem)
  return (typeof message === 'string' ? message : message?.message) ?? 'expected another value'
}
