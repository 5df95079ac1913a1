import { type Activity, type ActivityEvent, activityOf, type Person } from '../../entries/events.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'
import { widthOf } from './table.ts'

/** An event as commands print it with `--json`: a line of JSON. */
export interface EventRecord {
  /** The id of the event: equal for every delivery of it. */
  readonly id: string
  /** The type of the event, such as `tweet_create` or `post.mention.create`. */
  readonly type: string
  /** The kind of the activity, such as `mention`. Absent when the event has no counterpart in the other API. */
  readonly kind?: string
  /** The id of the account that the event is for. Absent when X does not name one. */
  readonly forUserId?: string
  readonly event: ActivityEvent
}

export function toEventRecord(event: ActivityEvent): EventRecord {
  const { id, type, forUserId } = event
  const kind = activityOf(event)?.kind
  return { id, type, ...(kind !== undefined && { kind }), ...(forUserId !== undefined && { forUserId }), event }
}

export interface EventLineOptions {
  readonly style: Style
  /** When the event arrived, in milliseconds since 1970. It is printed in the time zone of this machine. */
  readonly at: number
  /** The width of the terminal. The id, at the end of the line, is shortened to it. */
  readonly width?: number | undefined
}

/** The most columns that a text fills. */
const maxTextWidth = 60

/** One line about an event: when it arrived, what happened, who did it to whom, the text, and the id. */
export function formatEventLine(event: ActivityEvent, { style, at, width }: EventLineOptions): string {
  const { what, who, whom, object, text } = describe(event)
  const people = [who, whom].filter((name) => name !== undefined).join(' → ')
  const rest = [
    pad({ incoming: 'in', outgoing: 'out', none: '' }[event.direction ?? 'none'], 3),
    style('cyan', pad(printable(what), 11)),
    pad(printable(people), 16),
    ...(object === undefined ? [] : [printable(object)]),
    ...(text === undefined || text === '' ? [] : [quote(text)]),
  ].join(gap)
  const line = [style('dim', formatTime(at)), rest].join(gap)
  const id = shorten(printable(event.id), width === undefined ? undefined : width - widthOf(line) - gap.length)
  return id === '' ? line : line + gap + style('dim', id)
}

const gap = '  '

/** Shortens an id. One of which less than eight characters remain is left out. */
function shorten(id: string, width = id.length): string {
  if (id.length <= width) return id
  return width < 8 ? '' : `${id.slice(0, width - 1)}…`
}

function formatTime(ms: number): string {
  const time = new Date(ms)
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** The text without control characters, in quotation marks, and shortened. */
function quote(text: string): string {
  let shown = ''
  for (const { segment } of new Intl.Segmenter().segment(printable(text))) {
    if (widthOf(shown + segment) > maxTextWidth) return `"${shown}…"`
    shown += segment
  }
  return `"${shown}"`
}

interface Description {
  readonly what: string
  readonly who?: string | undefined
  readonly whom?: string | undefined
  /** What it is about, such as `post 12`. */
  readonly object?: string | undefined
  /** What a person has written. */
  readonly text?: string | undefined
}

function describe(event: ActivityEvent): Description {
  const activity = activityOf(event)
  return activity === undefined ? describeOther(event) : describeActivity(activity)
}

function describeActivity(activity: Activity): Description {
  const what = activity.kind
  switch (activity.kind) {
    case 'post':
    case 'mention':
    case 'reply':
    case 'quote':
    case 'repost':
      return { what, who: nameOf(activity.author), whom: mentionedIn(activity), text: activity.text }
    case 'post_delete':
      return { what, who: activity.authorId, object: `post ${activity.postId}` }
    case 'like':
      return { what, who: nameOf(activity.liker), whom: nameOf(activity.postAuthor), object: `post ${activity.postId}` }
    case 'message':
      return { what, who: nameOf(activity.sender), whom: nameOf(activity.recipient), text: activity.text }
    case 'typing':
    case 'read':
      return { what, who: nameOf(activity.sender), whom: nameOf(activity.recipient) }
    case 'revoke':
      return { what, who: activity.userId, whom: `app ${activity.appId}` }
    default:
      return { what, who: nameOf(activity.source), whom: nameOf(activity.target) }
  }
}

/** The events that only one of the APIs has. */
function describeOther(event: ActivityEvent): Description {
  const what = event.type
  switch (event.type) {
    case 'filtered_post':
      return {
        what,
        who: nameIn(event.includes?.users, event.payload.author_id),
        whom: `rule ${event.matchingRules.map(({ id, tag }) => tag || id).join(', ')}`,
        text: event.payload.text,
      }
    case 'replay_job_status':
      return { what, who: `job ${event.jobId}`, text: event.payload.job_state_description ?? event.payload.job_state }
    case 'subscriptions.subscribe':
    case 'subscriptions.unsubscribe':
      return { what, who: atHandle(event.source), whom: atHandle(event.target) }
    case 'chat.received':
    case 'chat.sent':
      return { what, who: event.senderId, object: 'encrypted' }
    case 'spaces.start':
    case 'spaces.end':
      return { what, who: atHandle(event.payload.user) }
    case 'broadcast.start':
    case 'broadcast.end':
      return { what, who: atHandle(event.payload.user), text: event.payload.title }
    case 'broadcast.chat':
      return { what, who: atHandle(event.payload.author), text: event.payload.message }
    case 'news.new':
      return { what, who: event.filter.keyword, text: event.payload.headline ?? event.payload.name }
    case 'unknown':
      return { what, who: event.key, text: event.issues?.map(({ message }) => message).join(' ') }
    default:
      return describeByPayload(what, event)
  }
}

/** Changes of profiles and of encrypted conversations, and what is not known. */
function describeByPayload(what: string, event: ActivityEvent): Description {
  const who = event.forUserId
  if (!what.startsWith('profile.')) return { what, who }
  const { before = '', after = '' } = event.payload as { readonly before?: string; readonly after?: string }
  return { what, who, text: `${before} → ${after}` }
}

/** The users that a post names: the account, if it is one of them, and how many others. */
function mentionedIn({ accountId, author, mentions }: Extract<Activity, { mentions: unknown }>): string | undefined {
  const others = mentions.filter(({ id }) => id !== author.id)
  const first = others.find(({ id }) => id === accountId) ?? others[0]
  if (first === undefined) return undefined
  return others.length === 1 ? nameOf(first) : `${nameOf(first)} +${others.length - 1}`
}

function nameOf(person: Person | undefined): string | undefined {
  return person?.handle === undefined ? person?.id : `@${person.handle}`
}

interface WireName {
  readonly id?: string
  readonly username?: string
}

/** The name of a user in the form of X's version 2, with or without the `data` around it. */
function atHandle(user: WireName | { readonly data: WireName } | undefined): string | undefined {
  const { id, username } = user !== undefined && 'data' in user ? user.data : (user ?? {})
  return username === undefined ? id : `@${username}`
}

function nameIn(users: readonly WireName[] = [], id: string | undefined): string | undefined {
  return atHandle(users.find((user) => user.id === id)) ?? id
}
