import { assertObject, assertText } from '../../internal/assert.ts'
import type { TextContext } from '../../payloads/text.ts'
import type { Platform } from '../platform.ts'
import type { State } from '../state/state.ts'
import type { MessageState, PostState, UserState } from '../state/tables.ts'
import { ActionError } from './action-error.ts'

/** A reference to a user of the emulator, such as the object that `x.addUser()` returns. */
export interface UserRef {
  /** The id of the user. */
  readonly id: string
}

/** A reference to a post of the emulator: its id, or what `post()`, `reply()`, `quote()` or `repost()` returned. */
export type PostRef =
  | string
  | {
      /** The id of the post. */
      readonly id_str: string
    }

/** A reference to a direct message of the emulator: its id, or what `message()` returned. */
export type MessageRef =
  | string
  | {
      /** What tells a message from a user, who has an id too. */
      readonly type: 'message_create'
      /** The id of the message. */
      readonly id: string
    }

export function findUser(state: State, ref: UserRef, label = 'user'): UserState {
  assertObject(ref, label)
  const user = state.users.get(ref.id)
  if (!user) throw new ActionError('not-found', `"${label}" must be a user of this emulator`)
  return user
}

/** Another user. On X, a user cannot follow, block, mute or write to themselves. */
export function findOtherUser(state: State, self: UserState, ref: UserRef): UserState {
  const user = findUser(state, ref)
  if (user === self) throw new ActionError('self', `@${self.screenName} cannot do this to themselves.`)
  return user
}

/** A post that was not deleted. */
export function findPost(state: State, ref: PostRef): PostState {
  const id = typeof ref === 'string' ? ref : readPostId(ref)
  const post = state.posts.get(id)
  if (!post) throw new ActionError('not-found', '"post" must be a post of this emulator')
  if (isDeleted(state, post)) throw new ActionError('not-found', '"post" must not be a deleted post')
  return post
}

/** A post, or the original of a repost: to like, reply to, quote or repost a repost applies to its original. */
export function findOriginal(state: State, ref: PostRef): PostState {
  const post = findPost(state, ref)
  return state.posts.get(post.reposts ?? '') ?? post
}

export function findMessage(state: State, ref: MessageRef): MessageState {
  const message = state.messages.get(typeof ref === 'string' ? ref : ref.id)
  if (!message) throw new ActionError('not-found', '"message" must be a message of this emulator')
  return message
}

/** The users and links that the text of a post or a message can refer to. */
export function textContext({ state, newShortUrl }: Platform): TextContext {
  return { findUser: (handle) => state.userByName(handle), newShortUrl }
}

/** On X, a blocked user can do nothing to the user who blocked them, except mention them. */
export function assertNotBlocked(actor: UserState, other: UserState): void {
  if (other.blocking.has(actor.id))
    throw new ActionError('blocked', `@${other.screenName} has blocked @${actor.screenName}.`)
}

function readPostId(ref: { readonly id_str: string }): string {
  assertObject(ref, 'post')
  assertText(ref.id_str, 'post.id_str')
  return ref.id_str
}

/** A repost is deleted with its original. */
function isDeleted(state: State, post: PostState): boolean {
  return post.deleted || (state.posts.get(post.reposts ?? '')?.deleted ?? false)
}
