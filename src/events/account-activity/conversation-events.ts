import type {
  ConversationEvent,
  DirectMessageEvent,
  DirectMessageReadEvent,
  DirectMessageTypingEvent,
} from '../events.ts'
import { createEventCore, type EventCore, type Writable } from '../read/event-core.ts'
import { getOwn, isJsonObject, type JsonObject } from '../read/json-object.ts'
import { timeForId } from '../read/occurred-at.ts'
import type { RawEvent } from '../read/raw-event.ts'
import type { MessageFacts, ReadFacts, TypingFacts } from './facts.ts'
import type { WireApp } from './wire/delivery.ts'
import type { WireDirectMessage, WireDirectMessageRead, WireDirectMessageTyping } from './wire/direct-message.ts'
import type { WireDirectMessageUser } from './wire/user.ts'

export function createDirectMessageEvent(facts: MessageFacts, raw: RawEvent): DirectMessageEvent {
  const { messageId, senderId, recipientId, appId } = facts
  const event: Writable<DirectMessageEvent> = {
    ...createConversationCore('direct_message', [messageId], facts, raw),
    senderId,
    recipientId,
    messageId,
    payload: raw.value as WireDirectMessage,
  }
  addProfiles(event, raw)
  const app = appId === undefined ? undefined : objectAt(getOwn(raw.body, 'apps'), appId)
  if (app !== undefined) event.app = app as WireApp
  return event
}

export function createDirectMessageTypingEvent(facts: TypingFacts, raw: RawEvent): DirectMessageTypingEvent {
  const { senderId, recipientId } = facts
  const parts = [senderId, recipientId, timeForId(raw.value)]
  const event: Writable<DirectMessageTypingEvent> = {
    ...createConversationCore('direct_message_indicate_typing', parts, facts, raw),
    senderId,
    recipientId,
    payload: raw.value as WireDirectMessageTyping,
  }
  addProfiles(event, raw)
  return event
}

export function createDirectMessageReadEvent(facts: ReadFacts, raw: RawEvent): DirectMessageReadEvent {
  const { senderId, recipientId, lastReadId = '' } = facts
  const parts: (string | undefined)[] = [senderId, recipientId, lastReadId]
  // A second event for the same message says nothing new, so its time does not matter.
  if (lastReadId === '') parts.push(timeForId(raw.value))
  const event: Writable<DirectMessageReadEvent> = {
    ...createConversationCore('direct_message_mark_read', parts, facts, raw),
    senderId,
    recipientId,
    payload: raw.value as WireDirectMessageRead,
  }
  addProfiles(event, raw)
  return event
}

type ConversationType = (DirectMessageEvent | DirectMessageTypingEvent | DirectMessageReadEvent)['type']

function createConversationCore<Type extends ConversationType>(
  type: Type,
  parts: readonly (string | undefined)[],
  { senderId, recipientId }: TypingFacts,
  raw: RawEvent,
): EventCore<Type> {
  return createEventCore(raw, { type, parts, actorId: senderId, affectedId: recipientId })
}

/** Adds the users of a conversation, as far as X sends them. */
function addProfiles(event: Writable<ConversationEvent<ConversationType, unknown>>, raw: RawEvent): void {
  const { sender, recipient } = findProfiles(event.senderId, event.recipientId, raw)
  if (sender !== undefined) event.sender = sender
  if (recipient !== undefined) event.recipient = recipient
}

interface Profiles {
  sender?: WireDirectMessageUser | undefined
  recipient?: WireDirectMessageUser | undefined
}

function findProfiles(senderId: string, recipientId: string, { body, index }: RawEvent): Profiles {
  const users = getOwn(body, 'users')
  const profiles = isJsonObject(users) ? findInMap(senderId, recipientId, users, index) : {}
  profiles.sender ??= findMisplacedProfile(senderId, body)
  profiles.recipient ??= findMisplacedProfile(recipientId, body)
  return profiles
}

/** X sends the profiles of the two users and no others. */
const usualUserCount = 2

function findInMap(senderId: string, recipientId: string, users: JsonObject, index: number | undefined): Profiles {
  // Only for the first event: listing all keys for each of many events would take quadratic time.
  const ids = index === 0 ? Object.keys(users) : []
  if (ids.length === 0 || ids.length > usualUserCount) {
    return { sender: objectAt(users, senderId), recipient: objectAt(users, recipientId) }
  }
  // Comparing two keys is faster than looking up two strings that are not keys of any object yet.
  const profiles: Profiles = {}
  for (const id of ids) {
    const user = users[id]
    if (!isJsonObject(user)) continue
    if (id === senderId) profiles.sender = user
    if (id === recipientId) profiles.recipient = user
  }
  return profiles
}

/** The v1.1 documentation of X prints the users inside `apps`, either as a map of their own or between the apps. */
function findMisplacedProfile(userId: string, body: JsonObject): WireDirectMessageUser | undefined {
  const apps = getOwn(body, 'apps')
  const inMap = objectAt(objectAt(apps, 'users'), userId)
  if (inMap !== undefined) return inMap
  const userOrApp = objectAt(apps, userId)
  // Only users have a handle.
  return typeof userOrApp?.screen_name === 'string' ? userOrApp : undefined
}

/** The object that a map holds under a key, if it holds one. */
function objectAt(map: unknown, key: string): JsonObject | undefined {
  const value = isJsonObject(map) ? getOwn(map, key) : undefined
  return isJsonObject(value) ? value : undefined
}
