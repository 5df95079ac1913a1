import { assertObject, assertText } from '../../internal/assert.ts'
import type { MessageState, PostState, State, UserState } from '../state/state.ts'

/** A user of the emulator. */
export interface UserRef {
  readonly id: string
}

/** A post of the emulator: what `post()` and its kin return, or its id. */
export type PostRef = string | { readonly id_str: string }

/** A message of the emulator: what `message()` returns, or its id. */
export type MessageRef = string | { readonly type: 'message_create'; readonly id: string }

export function findUser(state: State, ref: UserRef, label = 'user'): UserState {
  assertObject(ref, label)
  const user = state.users.get(ref.id)
  if (!user) throw new RangeError(`"${label}" is not a user of this emulator`)
  return user
}

/** Who else a user acts on: on X, nobody follows, blocks, mutes or writes to themselves. */
export function findOtherUser(state: State, self: UserState, ref: UserRef): UserState {
  const user = findUser(state, ref)
  if (user === self) throw new RangeError(`@${self.screenName} cannot do this to themselves`)
  return user
}

/** A post that is still there. */
export function findPost(state: State, ref: PostRef): PostState {
  const id = typeof ref === 'string' ? ref : readPostId(ref)
  const post = state.posts.get(id)
  if (!post) throw new RangeError('"post" is not a post of this emulator')
  if (isDeleted(state, post)) throw new RangeError('"post" was deleted')
  return post
}

/** Whoever likes, answers, quotes or reposts a repost does so with the original. */
export function findOriginal(state: State, ref: PostRef): PostState {
  const post = findPost(state, ref)
  return state.posts.get(post.reposts ?? '') ?? post
}

export function findMessage(state: State, ref: MessageRef): MessageState {
  const message = state.messages.get(typeof ref === 'string' ? ref : ref.id)
  if (!message) throw new RangeError('"message" is not a message of this emulator')
  return message
}

export function authorOf({ users }: State, { userId }: PostState): UserState {
  const user = users.get(userId)
  if (!user) throw new RangeError('The author of the post is not a user of this emulator')
  return user
}

/** X keeps a blocked user from everything but naming the one who blocked them. */
export function assertNotBlocked(actor: UserState, other: UserState): void {
  if (other.blocking.has(actor.id)) throw new RangeError(`@${other.screenName} has blocked @${actor.screenName}`)
}

function readPostId(ref: { readonly id_str: string }): string {
  assertObject(ref, 'post')
  assertText(ref.id_str, 'post.id_str')
  return ref.id_str
}

/** A repost goes with its original. */
function isDeleted(state: State, post: PostState): boolean {
  return post.deleted || (state.posts.get(post.reposts ?? '')?.deleted ?? false)
}
