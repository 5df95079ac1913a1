import { type ActivityKind, activityKinds, eventTypes, xActivityEventTypes } from '../../entries/events.ts'
import { usageError } from '../cli-error.ts'
import type { Api } from './options.ts'

/** An event that gets a handler. */
export interface HandledEvent {
  /** The name on the command line: a kind of activity, or a type of event. */
  readonly name: string
  /** What the receiver finds the handler by: the kind with `--api both`, else the type of event. */
  readonly key: string
  /** The kind of post that the handler takes. Only for `tweet_create`, which X sends for every kind of post. */
  readonly postKind?: PostKind
  /** The name of the file without its extension, such as `post-mention-create`. */
  readonly file: string
  /** The name of the function, such as `onPostMentionCreate`. */
  readonly handler: string
}

/** The kinds of activities that are posts. */
const postKinds = ['post', 'mention', 'reply', 'quote', 'repost'] as const
export type PostKind = (typeof postKinds)[number]

/** The type of event that X sends for a kind of activity, in each API. */
const typesOfKinds: Readonly<Record<ActivityKind, readonly [accountActivity: string, activity: string]>> = {
  post: ['tweet_create', 'post.create'],
  mention: ['tweet_create', 'post.mention.create'],
  reply: ['tweet_create', 'post.reply.create'],
  quote: ['tweet_create', 'post.quote.create'],
  repost: ['tweet_create', 'post.repost.create'],
  post_delete: ['tweet_delete', 'post.delete'],
  like: ['favorite', 'like.create'],
  follow: ['follow', 'follow.follow'],
  unfollow: ['unfollow', 'follow.unfollow'],
  block: ['block', 'block.block'],
  unblock: ['unblock', 'block.unblock'],
  mute: ['mute', 'mute.mute'],
  unmute: ['unmute', 'mute.unmute'],
  message: ['direct_message', 'dm.received'],
  typing: ['direct_message_indicate_typing', 'dm.indicate_typing'],
  read: ['direct_message_mark_read', 'dm.read'],
  revoke: ['user_revoke', 'oauth.revoke'],
}

/** The type of event that an API sends for a kind of activity. */
export function typeOfKind(kind: string, api: 'account-activity' | 'activity'): string | undefined {
  if (!isKind(kind)) return undefined
  return typesOfKinds[kind][api === 'account-activity' ? 0 : 1]
}

/** The names that `--events` accepts for an API. */
export function eventNames(api: Api): readonly string[] {
  if (api === 'both') return activityKinds
  return [...new Set([...activityKinds, ...typesOf(api)])]
}

function typesOf(api: 'account-activity' | 'activity'): readonly string[] {
  if (api === 'activity') return xActivityEventTypes
  const others = new Set<string>([...xActivityEventTypes, 'filtered_post', 'unknown'])
  return eventTypes.filter((type) => !others.has(type))
}

/**
 * Finds the events with the given names.
 *
 * @throws CliError when a name is not known, or two names mean the same event.
 */
export function readEventNames(names: readonly string[], api: Api): readonly HandledEvent[] {
  if (names.length === 0) throw usageError('No event is named.', `Name one with --events: ${listNames(api)}.`)
  const events = [...new Set(names)].map((name) => readEventName(name, api))
  for (const [index, event] of events.entries()) {
    const other = events.slice(0, index).find((earlier) => isSame(earlier, event))
    if (other !== undefined)
      throw usageError(
        `The events "${other.name}" and "${event.name}" overlap: X sends ${event.key} for both.`,
        `Leave out one of them in --events.`,
      )
  }
  return events
}

/** Whether an event would be handled twice. Kinds of posts that share `tweet_create` differ. */
function isSame(a: HandledEvent, b: HandledEvent): boolean {
  return a.key === b.key && (a.postKind === undefined || b.postKind === undefined)
}

function readEventName(name: string, api: Api): HandledEvent {
  const names = { name, file: fileName(name), handler: handlerName(name) }
  if (api === 'both') {
    if (isKind(name)) return { ...names, key: name }
  } else {
    const type = typeOfKind(name, api)
    if (type === 'tweet_create') return { ...names, key: type, postKind: name as PostKind }
    const key = type ?? typesOf(api).find((known) => known === name)
    if (key !== undefined) return { ...names, key }
  }
  throw unknownEvent(name, api)
}

function unknownEvent(name: string, api: Api) {
  const isType = (eventTypes as readonly string[]).includes(name)
  const reason = isType ? `--api ${api} does not have the event "${name}".` : `The event "${name}" does not exist.`
  return usageError(reason, `With --api ${api}, --events accepts ${listNames(api)}.`)
}

function listNames(api: Api): string {
  return eventNames(api).join(', ')
}

function isKind(name: string): name is ActivityKind {
  return (activityKinds as readonly string[]).includes(name)
}

/** `post-mention-create` for `post.mention.create`. */
export function fileName(name: string): string {
  return wordsOf(name).join('-')
}

/** `onPostMentionCreate` for `post.mention.create`. */
export function handlerName(name: string): string {
  return `on${wordsOf(name)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('')}`
}

/** The words of a name. X may send any text as the name of a type that is not known. */
function wordsOf(name: string): string[] {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.length === 0 ? ['unknown'] : words.slice(0, 8)
}
