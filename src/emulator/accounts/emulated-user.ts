import type { MessagePayload } from '../../payloads/account-activity/message.ts'
import type { PostPayload } from '../../payloads/account-activity/post.ts'
import {
  type BroadcastContent,
  type BroadcastRef,
  chatInBroadcast,
  type EmulatedBroadcast,
  type EmulatedSpace,
  endBroadcast,
  type SpaceRef,
  startBroadcast,
  startSpace,
} from '../actions/broadcasts.ts'
import { type EncryptedMessage, sendEncryptedMessage } from '../actions/encrypted-message.ts'
import { like } from '../actions/like.ts'
import { indicateTyping, markRead, sendMessage } from '../actions/messages.ts'
import { deletePost, type PostContent, post, repost } from '../actions/posts.ts'
import { type ProfileChanges, updateProfile } from '../actions/profile.ts'
import { findUser, type MessageRef, type PostRef, type UserRef } from '../actions/references.ts'
import * as relations from '../actions/relations.ts'
import { revoke } from '../actions/revoke.ts'
import type { Platform } from '../platform.ts'
import type { Grant, UserState, UserTokens } from '../state/tables.ts'
import { type AppRef, findApp } from './apps.ts'
import { type AuthorizeOptions, authorize, readAuthorizeOptions } from './authorize.ts'

/**
 * A user of the emulator, with the tokens that they granted to `x.app` and the actions they can take.
 *
 * An action resolves when the emulator has recorded it. Its deliveries continue; `x.idle()` waits for them. An action
 * that X does not allow rejects with a RangeError and has no effect: to like or repost a post twice, to follow the same
 * user twice, to undo what was not done, or to act on a deleted post, on oneself, or on a user who has blocked this one.
 */
export class EmulatedUser {
  /** The id of the user: 19 digits. */
  readonly id: string
  readonly #current: () => Platform
  #lastProfile: Pick<UserState, 'screenName' | 'name'>
  #lastGrant: Grant | undefined

  /** @hidden */
  constructor(current: () => Platform, { id, screenName, name }: UserState) {
    this.#current = current
    this.id = id
    this.#lastProfile = { screenName, name }
    this.#findGrant()
  }

  /** The handle, without the at sign. */
  get screenName(): string {
    return this.#profile.screenName
  }

  /** The display name. */
  get name(): string {
    return this.#profile.name
  }

  /** The OAuth 1.0a access token that the user granted to `x.app`. */
  get accessToken(): string {
    return this.#findGrant()?.accessToken ?? ''
  }

  /** The secret of `accessToken`. */
  get accessTokenSecret(): string {
    return this.#findGrant()?.accessTokenSecret ?? ''
  }

  /**
   * An OAuth 2.0 access token that the user granted to `x.app`, and that is valid now. It has all scopes, unless
   * `authorize()` set others. A token is valid for two hours on the emulator's clock: after that, X answers it with status
   * 401, and this getter returns another one. After a revocation, it returns the last one.
   */
  get oauth2Token(): string {
    const grant = this.#findGrant()
    if (!grant || !this.#isCurrent(grant)) return grant?.oauth2Token ?? ''
    return authorize(this.#platform, findApp(this.#platform), this.#user, grant).oauth2Token
  }

  /** Posts. X also sends the event to the users whom the text mentions (`@bob`). */
  async post(content: PostContent): Promise<PostPayload> {
    return post(this.#platform, this.#user, content)
  }

  /**
   * Replies to a post. X puts the handles of its author and of the users whom it mentions in front of the text, and also
   * sends the event to them.
   */
  async reply(to: PostRef, content: PostContent): Promise<PostPayload> {
    return post(this.#platform, this.#user, content, { inReplyTo: to })
  }

  /** Reposts a post. X also sends the event to its author, and not to the users whom the post mentions. */
  async repost(original: PostRef): Promise<PostPayload> {
    return repost(this.#platform, this.#user, original)
  }

  /** Quotes a post. X also sends the event to its author. */
  async quote(quoted: PostRef, content: PostContent): Promise<PostPayload> {
    return post(this.#platform, this.#user, content, { quotes: quoted })
  }

  /** Deletes a post of this user, or undoes a repost. X sends the event to this user only. */
  async deletePost(own: PostRef): Promise<void> {
    deletePost(this.#platform, this.#user, own)
  }

  /** Likes a post. X sends the event to this user and to the author of the post. */
  async like(liked: PostRef): Promise<void> {
    like(this.#platform, this.#user, liked)
  }

  /** Follows a user. X sends the event to both. A protected user accepts every follower. */
  async follow(user: UserRef): Promise<void> {
    relations.follow(this.#platform, this.#user, user)
  }

  /** Unfollows a user. X sends the event to both. Webhooks of version 1.1 receive it for this user only. */
  async unfollow(user: UserRef): Promise<void> {
    relations.unfollow(this.#platform, this.#user, user)
  }

  /**
   * Blocks a user. X sends the event to both. Webhooks of version 1.1 receive it for this user only. Afterwards neither
   * follows the other; X sends no event for that.
   */
  async block(user: UserRef): Promise<void> {
    relations.block(this.#platform, this.#user, user)
  }

  /** Unblocks a user. X sends the event to both. Webhooks of version 1.1 receive it for this user only. */
  async unblock(user: UserRef): Promise<void> {
    relations.unblock(this.#platform, this.#user, user)
  }

  /** Mutes a user. X sends the event to both. Webhooks of version 1.1 receive it for this user only. */
  async mute(user: UserRef): Promise<void> {
    relations.mute(this.#platform, this.#user, user)
  }

  /** Unmutes a user. X sends the event to both. Webhooks of version 1.1 receive it for this user only. */
  async unmute(user: UserRef): Promise<void> {
    relations.unmute(this.#platform, this.#user, user)
  }

  /** Sends a direct message of 1 to 10,000 characters. X sends the event to both users. */
  async message(to: UserRef, text: string): Promise<MessagePayload> {
    return sendMessage(this.#platform, this.#user, to, text)
  }

  /** Types a direct message. X sends the event to the other user only. */
  async typing(to: UserRef): Promise<void> {
    indicateTyping(this.#platform, this.#user, to)
  }

  /**
   * Sends an encrypted message, whose content is random. Only the X Activity API has events for it: `chat.sent` and
   * `chat.received`.
   */
  async encryptedMessage(to: UserRef): Promise<EncryptedMessage> {
    return sendEncryptedMessage(this.#platform, this.#user, to)
  }

  /** Changes the profile. Only the X Activity API has events for it: one for each value that changes. */
  async updateProfile(changes: ProfileChanges): Promise<void> {
    updateProfile(this.#platform, this.#user, changes)
  }

  /** Starts a Space. Only the X Activity API has an event for it. */
  async startSpace(): Promise<EmulatedSpace> {
    return startSpace(this.#platform, this.#user)
  }

  /** Ends a Space of this user. */
  async endSpace(space: SpaceRef): Promise<void> {
    endBroadcast(this.#platform, this.#user, { kind: 'space', ref: space })
  }

  /** Starts a live video. Only the X Activity API has an event for it. */
  async startBroadcast(content: BroadcastContent): Promise<EmulatedBroadcast> {
    return startBroadcast(this.#platform, this.#user, content)
  }

  /** Ends a live video of this user. */
  async endBroadcast(broadcast: BroadcastRef): Promise<void> {
    endBroadcast(this.#platform, this.#user, { kind: 'broadcast', ref: broadcast })
  }

  /** Writes a chat message in a live video. X sends the event for the user who broadcasts. */
  async chatInBroadcast(broadcast: BroadcastRef, text: string): Promise<void> {
    chatInBroadcast(this.#platform, this.#user, broadcast, text)
  }

  /** Reads a direct message, or all messages of a user. X sends the event to the user who wrote them. */
  async read(what: MessageRef | UserRef): Promise<void> {
    markRead(this.#platform, this.#user, what)
  }

  /**
   * Revokes the access that the user granted to an app: the tokens become invalid, X removes the subscriptions, and sends
   * the event to the webhooks that had one.
   *
   * @param app - `x.app` by default.
   */
  async revoke(app?: AppRef): Promise<void> {
    revoke(this.#platform, this.#user, findApp(this.#platform, app))
  }

  /**
   * Grants an app access, and returns the tokens. They are the same ones until they are revoked, or until the permissions
   * of the app or the scopes change. The OAuth 2.0 token also changes after two hours on the emulator's clock.
   *
   * @param app - `x.app` by default.
   */
  async authorize(app?: AppRef, options: AuthorizeOptions = {}): Promise<UserTokens> {
    const access = readAuthorizeOptions(options)
    const { accessToken, accessTokenSecret, oauth2Token } = authorize(
      this.#platform,
      findApp(this.#platform, app),
      this.#user,
      access,
    )
    return { accessToken, accessTokenSecret, oauth2Token }
  }

  /** The grant for `x.app`, however the user gave it. After a revocation, the last one. */
  #findGrant(): Grant | undefined {
    this.#lastGrant = this.#platform.state.grantOf(findApp(this.#platform).id, this.id) ?? this.#lastGrant
    return this.#lastGrant
  }

  #isCurrent({ appId, userId }: Grant): boolean {
    return this.#platform.state.grantOf(appId, userId) !== undefined
  }

  /** The profile. When a state without the user was loaded, the last one. */
  get #profile(): Pick<UserState, 'screenName' | 'name'> {
    this.#lastProfile = this.#platform.state.users.get(this.id) ?? this.#lastProfile
    return this.#lastProfile
  }

  /** Loading a state replaces the platform. */
  get #platform(): Platform {
    return this.#current()
  }

  get #user(): UserState {
    return findUser(this.#platform.state, this)
  }
}
