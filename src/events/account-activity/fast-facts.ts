import { isJsonObject } from '../read/json-object.ts'
import type {
  FavoriteFacts,
  MessageFacts,
  PostDeleteFacts,
  PostFacts,
  ReadFacts,
  RelationFacts,
  TypingFacts,
} from './facts.ts'

// Readers for the exact form in which X sends events today. A schema takes longer than everything else that
// `parseDelivery` does, so these run first, and return `undefined` for every other form: the schema then decides. What
// they return is exactly what the schema returns; a property test compares the two. `npm run bench:parts` shows the
// effect.

/** The facts of a post whose ids, and those of its author, are a number and a string. */
export function fastPostFacts(value: unknown): PostFacts | undefined {
  if (!isJsonObject(value)) return undefined
  const postId = idOfPair(value)
  const userId = idOfPair(value.user)
  return postId === undefined || userId === undefined ? undefined : { postId, userId }
}

/** The facts of a deletion that names the author. */
export function fastPostDeleteFacts(value: unknown): PostDeleteFacts | undefined {
  if (!isJsonObject(value) || !isJsonObject(value.status)) return undefined
  const { id, user_id } = value.status
  return isId(id) && typeof user_id === 'string' ? { postId: id, userId: user_id } : undefined
}

/** The facts of a like that has an id. */
export function fastFavoriteFacts(value: unknown): FavoriteFacts | undefined {
  if (!isJsonObject(value) || !isId(value.id)) return undefined
  const postId = idOfPair(value.favorited_status)
  const userId = idOfPair(value.user)
  return postId === undefined || userId === undefined ? undefined : { favoriteId: value.id, postId, userId }
}

/** Creates the reader of one pair of relations, such as `follow` and `unfollow`, whose users have one id, a string. */
export function createFastRelationFacts<Type extends string>(
  types: readonly [Type, Type],
): (value: unknown) => RelationFacts<Type> | undefined {
  const [done, undone] = types
  return (value) => {
    if (!isJsonObject(value)) return undefined
    const type = value.type === done ? done : value.type === undone ? undone : undefined
    const sourceId = singleId(value.source)
    const targetId = singleId(value.target)
    if (type === undefined || sourceId === undefined || targetId === undefined) return undefined
    return { type, sourceId, targetId }
  }
}

/** The facts of a direct message. */
export function fastMessageFacts(value: unknown): MessageFacts | undefined {
  if (!isJsonObject(value) || value.type !== 'message_create' || !isId(value.id)) return undefined
  const { message_create: message } = value
  if (!isJsonObject(message) || !isJsonObject(message.target) || !isJsonObject(message.message_data)) return undefined
  const { sender_id: senderId, source_app_id: appId } = message
  const { recipient_id: recipientId } = message.target
  if (!isId(senderId) || !isId(recipientId) || typeof message.message_data.text !== 'string') return undefined
  if (typeof appId === 'string') return { messageId: value.id, senderId, recipientId, appId }
  // A member that is `undefined` is not a missing one: the schema refuses it.
  return 'source_app_id' in message ? undefined : { messageId: value.id, senderId, recipientId }
}

/** The facts of a typing event. */
export function fastTypingFacts(value: unknown): TypingFacts | undefined {
  if (!isJsonObject(value) || !isJsonObject(value.target)) return undefined
  const { sender_id: senderId } = value
  const { recipient_id: recipientId } = value.target
  return isId(senderId) && isId(recipientId) ? { senderId, recipientId } : undefined
}

/** The facts of a read event that names the last message. */
export function fastReadFacts(value: unknown): ReadFacts | undefined {
  const parties = fastTypingFacts(value)
  if (parties === undefined || !isJsonObject(value)) return undefined
  const { last_read_event_id: lastReadId } = value
  return typeof lastReadId === 'string' ? { ...parties, lastReadId } : undefined
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** The id of a post, or of a user of a post: X sends it as a number, which JSON rounds, and as a string. */
function idOfPair(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined
  const { id, id_str } = value
  return Number.isFinite(id) && isId(id_str) ? id_str : undefined
}

/** The id of a user of a relation: X sends it once, as a string. */
function singleId(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined
  const { id } = value
  return isId(id) && !('id_str' in value) ? id : undefined
}
