import type { XActivityEventType } from '../../src/events/x-activity/events.ts'

// Bodies of the X Activity API in the forms of https://docs.x.com/x-api/activity/introduction, with invented values.
// Where X has published no example, the form is that of its schema, or of the Account Activity API.

export const account = { id: '1111', name: 'Alice', username: 'alice' }
export const other = { id: '2222', name: 'Bob', username: 'bob' }

const post = { id: '301', text: 'tea &amp; toast', author_id: other.id, created_at: '2026-07-24T21:05:48.000Z' }
const users = { [account.id]: { data: account }, [other.id]: { data: other } }
const relation = { source: { data: account }, target: { data: other } }
const typing = { sender_id: other.id, target: { recipient_id: account.id }, created_timestamp: '1784928224372' }
const chat = { id: 'e4f4', conversation_id: '2222:1111', sender_id: other.id, created_at_msec: '1784841183370' }
const broadcast = { user: { data: account }, broadcast_id: '1mGP', event_timestamp_ms: 1_720_000_003_500 }
const profile = { before: '', after: 'Tea' }

/** The direct message that one user sends the other. */
export function messageOf(sender: { readonly id: string }, recipient: { readonly id: string }, id = '401') {
  const message_create = { target: { recipient_id: recipient.id }, sender_id: sender.id, message_data: { text: 'hi' } }
  return { type: 'message_create', id, created_timestamp: '1784928224372', message_create }
}

/** A payload of each type. */
export const payloads: Readonly<Record<XActivityEventType, object>> = {
  'post.create': { ...post, author_id: account.id },
  'post.mention.create': post,
  'post.reply.create': post,
  'post.quote.create': post,
  'post.repost.create': post,
  'post.delete': { id: '301', author_id: account.id },
  'like.create': {
    id: '87719f',
    timestamp_ms: '1784927565236',
    liked_tweet_id: '301',
    liked_tweet_author_id: other.id,
  },
  'follow.follow': relation,
  'follow.unfollow': relation,
  'block.block': relation,
  'block.unblock': relation,
  'mute.mute': relation,
  'mute.unmute': relation,
  'subscriptions.subscribe': relation,
  'subscriptions.unsubscribe': relation,
  'dm.received': { direct_message_events: [messageOf(other, account)], users },
  'dm.sent': { direct_message_events: [messageOf(account, other)], users },
  'dm.read': { direct_message_mark_read_events: [{ ...typing, last_read_event_id: '400' }], users },
  'dm.indicate_typing': { direct_message_indicate_typing_events: [typing], users },
  'chat.received': chat,
  'chat.sent': { ...chat, sender_id: account.id },
  'chat.conversation.join': chat,
  'chat.conversation.member_added': chat,
  'chat.conversation.member_removed': chat,
  'chat.conversation.admin_added': chat,
  'chat.conversation.admin_removed': chat,
  'chat.update.group_name': chat,
  'chat.update.restrictions': chat,
  'profile.update.bio': profile,
  'profile.update.profile_picture': profile,
  'profile.update.banner_picture': profile,
  'profile.update.screenname': profile,
  'profile.update.geo': profile,
  'profile.update.url': profile,
  'profile.update.handle': profile,
  'profile.update.verified_badge': profile,
  'profile.update.affiliate_badge': profile,
  'spaces.start': { user: { data: account }, broadcast_id: '1qxv', event_type: 'spaces_start' },
  'spaces.end': { user: { data: account }, broadcast_id: '1qxv', event_type: 'spaces_end' },
  'broadcast.start': { ...broadcast, broadcast_state: 'Running' },
  'broadcast.end': { ...broadcast, broadcast_state: 'Ended', duration_ms: 3900 },
  'broadcast.chat': { broadcast_id: '1mGP', message_id: '501', message: 'hello', author: { data: other } },
  'broadcast.chat.remove': { broadcast_id: '1mGP', message_id: '501' },
  'news.new': { id: '601', name: 'Tea', summary: 'A story', updated_at: '2026-07-24T20:53:37.000Z' },
  'oauth.revoke': { user_id: account.id, app_id: '29820954', date_time: '2026-07-23T21:44:05+00:00' },
}

/** The `data` of a delivery. */
export interface Envelope {
  readonly event_type: string
  readonly event_uuid?: string | undefined
  readonly filter?: object | undefined
  readonly tag?: string
  readonly payload?: unknown
  readonly includes?: object
  readonly created_at?: string
}

/** The envelope of an event of a type, with an account as its filter. */
export function envelopeOf(type: XActivityEventType, changes: Partial<Envelope> = {}): Envelope {
  const filter = { 'news.new': { keyword: 'tea' }, 'oauth.revoke': {} }[type as string] ?? { user_id: account.id }
  return { event_uuid: '-6850472171600526495', filter, event_type: type, payload: payloads[type], ...changes }
}
