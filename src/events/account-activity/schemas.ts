import * as z from 'zod/mini'
import { idOf } from '../id-of.ts'
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

// What is checked is what the wire interfaces require, and what identity, type and direction are read from. The rest of a
// payload is handed on as it came. Events carry the original, not what zod makes of it, so unknown fields pass through
// without loose objects, whose copy of a whole post takes ten times as long as these checks.

const id = z.string().check(z.minLength(1, 'expected an id'))
const twinIds = {
  id: z.exactOptional(z.union([z.string(), z.number()], 'expected a string or a number')),
  id_str: z.exactOptional(z.string()),
}

type Twins = { readonly id?: string | number | undefined; readonly id_str?: string | undefined }

function readTwins(object: Twins, context: { issues: z.core.$ZodRawIssue[] }): string {
  const found = idOf(object)
  if (found !== undefined) return found
  const message = 'expected an id: a string, or a number below 2^53'
  context.issues.push({ code: 'custom', message, input: object, path: ['id_str'] })
  return ''
}

/** An object that has an id, and becomes it. */
const identified = z.pipe(
  z.object(twinIds),
  z.transform((object, context) => readTwins(object, context)),
)

export const postSchema = z.pipe(
  z.object({ ...twinIds, user: z.exactOptional(z.object(twinIds)) }),
  z.transform((post, context) => ({ postId: readTwins(post, context), userId: idOf(post.user) })),
) satisfies z.ZodMiniType<unknown, WirePost>

export const postDeleteSchema = z.object({
  status: z.object({ id, user_id: z.exactOptional(z.string()) }),
}) satisfies z.ZodMiniType<unknown, WirePostDelete>

export const favoriteSchema = z.object({
  id: z.exactOptional(id),
  favorited_status: identified,
  user: identified,
}) satisfies z.ZodMiniType<unknown, WireFavorite>

const parties = { source: identified, target: identified }

export const followSchema = z.object({
  type: z.exactOptional(z.enum(['follow', 'unfollow'], 'expected "follow" or "unfollow"')),
  ...parties,
}) satisfies z.ZodMiniType<unknown, WireFollow>

export const blockSchema = z.object({
  type: z.exactOptional(z.enum(['block', 'unblock'], 'expected "block" or "unblock"')),
  ...parties,
}) satisfies z.ZodMiniType<unknown, WireBlock>

export const muteSchema = z.object({
  type: z.exactOptional(z.enum(['mute', 'unmute'], 'expected "mute" or "unmute"')),
  ...parties,
}) satisfies z.ZodMiniType<unknown, WireMute>

export const userEventSchema = z.object({
  revoke: z.object({
    source: z.object({ user_id: id }),
    target: z.object({ app_id: id }),
  }),
}) satisfies z.ZodMiniType<unknown, { readonly revoke: WireRevoke }>

export const messageSchema = z.object({
  type: z.exactOptional(z.literal('message_create', 'expected "message_create"')),
  id,
  message_create: z.object({
    sender_id: id,
    target: z.object({ recipient_id: id }),
    source_app_id: z.exactOptional(z.string()),
    message_data: z.object({ text: z.exactOptional(z.string()) }),
  }),
}) satisfies z.ZodMiniType<unknown, WireDirectMessage>

export const typingSchema = z.object({
  sender_id: id,
  target: z.object({ recipient_id: id }),
}) satisfies z.ZodMiniType<unknown, WireDirectMessageTyping>

export const readSchema = z.object({
  sender_id: id,
  target: z.object({ recipient_id: id }),
  last_read_event_id: z.exactOptional(z.string()),
}) satisfies z.ZodMiniType<unknown, WireDirectMessageRead>

export const replayJobStatusSchema = z.object({
  job_id: id,
  job_state: z.string(),
}) satisfies z.ZodMiniType<unknown, WireReplayJobStatus>
