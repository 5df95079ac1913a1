import { type ActivityKind, type EventType, eventTypes } from '../../entries/events.ts'
import { assertType } from '../listen/forward-rules.ts'

/** What to build for a name: a type, and where a kind of activity needs it, a variant. */
export interface EventToBuild {
  readonly type: EventType
  readonly variant?: string
}

/** The events of the Account Activity API for the kinds of activities that are not the name of a type. */
export const kindNames: Readonly<Partial<Record<ActivityKind, EventToBuild>>> = {
  post: { type: 'tweet_create', variant: 'post' },
  mention: { type: 'tweet_create', variant: 'mention' },
  reply: { type: 'tweet_create', variant: 'reply' },
  quote: { type: 'tweet_create', variant: 'quote' },
  repost: { type: 'tweet_create', variant: 'repost' },
  post_delete: { type: 'tweet_delete' },
  like: { type: 'favorite' },
  message: { type: 'direct_message' },
  typing: { type: 'direct_message_indicate_typing' },
  read: { type: 'direct_message_mark_read' },
  revoke: { type: 'user_revoke' },
}

/**
 * The event with a name: a type of an event, or a kind of an activity.
 *
 * @throws CliError with exit code 2 that names the nearest names.
 */
export function eventNamed(name: string): EventToBuild {
  const type = eventTypes.find((known) => known === name)
  if (type !== undefined) return { type }
  assertType(name)
  return kindNames[name as ActivityKind] ?? { type: name as EventType }
}
