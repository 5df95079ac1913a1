import * as z from 'zod/mini'
import { idOf } from '../id-of.ts'
import type {
  FavoriteFacts,
  MessageFacts,
  PostDeleteFacts,
  PostFacts,
  ReadFacts,
  RelationFacts,
  ReplayJobFacts,
  RevokeFacts,
  TypingFacts,
} from './facts.ts'
import type { WireDirectMessage, WireDirectMessageRead, WireDirectMessageTyping } from './wire/direct-message.ts'
import type {
  WireBlock,
  WireFavorite,
  WireFollow,
  WireMute,
  WirePostDelete,
  WireReplayJobStatus,
  WireRevoke,
} from './wire/events.ts'
import type { WirePost } from './wire/post.ts'

// A schema checks what its wire interface requires, and returns the facts from which identity, type and direction of an
// event are made. It does not check the other members of a payload. An event carries the original object, not what zod
// makes of it, so unknown members pass through. `z.looseObject` would copy whole posts, which takes ten times as long.

// Not `z.minLength`: it also runs for a value that is not a string and has a `length`, and throws when it cannot convert
// that `length` to a number. A refinement runs only after the type was right.
const id = z.string().check(z.refine((text) => text !== '', 'expected an id'))
const idPair = {
  id: z.exactOptional(z.union([z.string(), z.number()], 'expected a string or a number')),
  id_str: z.exactOptional(z.string()),
}

interface IdPair {
  readonly id?: string | number | undefined
  readonly id_str?: string | undefined
}

function readIdPair(object: IdPair, context: { issues: z.core.$ZodRawIssue[] }): string {
  const id = idOf(object)
  if (id !== undefined) return id
  const message = 'expected an id: a string, or a number below 2^53'
  context.issues.push({ code: 'custom', message, input: object, path: ['id_str'] })
  return ''
}

/** An object with an id. The result is the id. */
const objectWithId = z.pipe(
  z.object(idPair),
  z.transform((object, context) => readIdPair(object, context)),
)

export const postSchema = z.pipe(
  z.object({ ...idPair, user: z.exactOptional(z.object(idPair)) }),
  z.transform((post, context): PostFacts => ({ postId: readIdPair(post, context), userId: idOf(post.user) })),
) satisfies z.ZodMiniType<PostFacts, WirePost>

export const postDeleteSchema = z.pipe(
  z.object({ status: z.object({ id, user_id: z.exactOptional(z.string()) }) }),
  z.transform(({ status }): PostDeleteFacts => ({ postId: status.id, userId: status.user_id })),
) satisfies z.ZodMiniType<PostDeleteFacts, WirePostDelete>

export const favoriteSchema = z.pipe(
  z.object({ id: z.exactOptional(id), favorited_status: objectWithId, user: objectWithId }),
  z.transform(
    ({ id, favorited_status, user }): FavoriteFacts => ({ favoriteId: id, postId: favorited_status, userId: user }),
  ),
) satisfies z.ZodMiniType<FavoriteFacts, WireFavorite>

const relation = { source: objectWithId, target: objectWithId }

function toRelationFacts<Type extends string>({
  type,
  source,
  target,
}: {
  readonly type?: Type
  readonly source: string
  readonly target: string
}): RelationFacts<Type> {
  return { type, sourceId: source, targetId: target }
}

export const followSchema = z.pipe(
  z.object({ type: z.exactOptional(z.enum(['follow', 'unfollow'], 'expected "follow" or "unfollow"')), ...relation }),
  z.transform((follow) => toRelationFacts(follow)),
) satisfies z.ZodMiniType<RelationFacts<'follow' | 'unfollow'>, WireFollow>

export const blockSchema = z.pipe(
  z.object({ type: z.exactOptional(z.enum(['block', 'unblock'], 'expected "block" or "unblock"')), ...relation }),
  z.transform((block) => toRelationFacts(block)),
) satisfies z.ZodMiniType<RelationFacts<'block' | 'unblock'>, WireBlock>

export const muteSchema = z.pipe(
  z.object({ type: z.exactOptional(z.enum(['mute', 'unmute'], 'expected "mute" or "unmute"')), ...relation }),
  z.transform((mute) => toRelationFacts(mute)),
) satisfies z.ZodMiniType<RelationFacts<'mute' | 'unmute'>, WireMute>

export const userEventSchema = z.pipe(
  z.object({ revoke: z.object({ source: z.object({ user_id: id }), target: z.object({ app_id: id }) }) }),
  z.transform(({ revoke }): RevokeFacts => ({ userId: revoke.source.user_id, appId: revoke.target.app_id })),
) satisfies z.ZodMiniType<RevokeFacts, { readonly revoke: WireRevoke }>

export const messageSchema = z.pipe(
  z.object({
    type: z.exactOptional(z.literal('message_create', 'expected "message_create"')),
    id,
    message_create: z.object({
      sender_id: id,
      target: z.object({ recipient_id: id }),
      source_app_id: z.exactOptional(z.string()),
      message_data: z.object({ text: z.exactOptional(z.string()) }),
    }),
  }),
  z.transform(
    ({ id: messageId, message_create: { sender_id, target, source_app_id } }): MessageFacts => ({
      messageId,
      senderId: sender_id,
      recipientId: target.recipient_id,
      appId: source_app_id,
    }),
  ),
) satisfies z.ZodMiniType<MessageFacts, WireDirectMessage>

export const typingSchema = z.pipe(
  z.object({ sender_id: id, target: z.object({ recipient_id: id }) }),
  z.transform(
    ({ sender_id, target }): TypingFacts => ({
      senderId: sender_id,
      recipientId: target.recipient_id,
    }),
  ),
) satisfies z.ZodMiniType<TypingFacts, WireDirectMessageTyping>

export const readSchema = z.pipe(
  z.object({
    sender_id: id,
    target: z.object({ recipient_id: id }),
    last_read_event_id: z.exactOptional(z.string()),
  }),
  z.transform(
    ({ sender_id, target, last_read_event_id }): ReadFacts => ({
      senderId: sender_id,
      recipientId: target.recipient_id,
      lastReadId: last_read_event_id,
    }),
  ),
) satisfies z.ZodMiniType<ReadFacts, WireDirectMessageRead>

export const replayJobStatusSchema = z.pipe(
  z.object({ job_id: id, job_state: z.string() }),
  z.transform(({ job_id, job_state }): ReplayJobFacts => ({ jobId: job_id, state: job_state })),
) satisfies z.ZodMiniType<ReplayJobFacts, WireReplayJobStatus>
