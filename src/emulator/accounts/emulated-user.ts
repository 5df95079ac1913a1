import { like } from '../actions/like.ts'
import { indicateTyping, markRead, sendMessage } from '../actions/messages.ts'
import { deletePost, type PostContent, post, repost } from '../actions/posts.ts'
import { findUser, type MessageRef, type PostRef, type UserRef } from '../actions/references.ts'
import * as relations from '../actions/relations.ts'
import { revoke } from '../actions/revoke.ts'
import type { MessagePayload } from '../payloads/message.ts'
import type { PostPayload } from '../payloads/post.ts'
import type { Platform } from '../platform.ts'
import type { Grant, UserState, UserTokens } from '../state/state.ts'
import { type AppRef, findApp } from './apps.ts'
import { type AuthorizeOptions, authorize, readAuthorizeOptions } from './authorize.ts'

/**
 * Someone on the emulated X, and what they can do.
 *
 * Every verb resolves once it has happened; the deliveries run on, and `idle()` waits for them. What makes no sense on
 * X is a RangeError and happens not at all: to like or repost a post twice, to follow whom one follows, to undo what
 * was not done, to act on a deleted post, on oneself, or on someone who has blocked one.
 */
export class EmulatedUser {
  readonly id: string
  /** The handle, without the at sign. */
  readonly screenName: string
  readonly name: string
  readonly #current: () => Platform
  #grant: Grant | undefined

  /** @hidden */
  constructor(current: () => Platform, { id, screenName, name }: UserState) {
    this.#current = current
    this.id = id
    this.screenName = screenName
    this.name = name
    this.#given()
  }

  /** The token of OAuth 1.0a that the user gave to `x.app`; with its secret, the user context of a client. */
  get accessToken(): string {
    return this.#given()?.accessToken ?? ''
  }

  get accessTokenSecret(): string {
    return this.#given()?.accessTokenSecret ?? ''
  }

  /** The token of OAuth 2.0 that the user gave to `x.app`, with all scopes unless `authorize` was given others. */
  get oauth2Token(): string {
    return this.#given()?.oauth2Token ?? ''
  }

  /** Posts. Whom the text names (`@bob`) is told as well. */
  async post(draft: PostContent): Promise<PostPayload> {
    return post(this.#platform, this.#user, draft)
  }

  /** Answers a post, whose author is told. X puts the author's name in front of the text. */
  async reply(to: PostRef, draft: PostContent): Promise<PostPayload> {
    return post(this.#platform, this.#user, draft, { answers: to })
  }

  /** Reposts a post, whose author is told; whom the post mentions is not. */
  async repost(original: PostRef): Promise<PostPayload> {
    return repost(this.#platform, this.#user, original)
  }

  /** Quotes a post, whose author is told. */
  async quote(quoted: PostRef, draft: PostContent): Promise<PostPayload> {
    return post(this.#platform, this.#user, draft, { quotes: quoted })
  }

  /** Deletes a post of one's own, or takes back a repost. Only oneself is told. */
  async deletePost(own: PostRef): Promise<void> {
    deletePost(this.#platform, this.#user, own)
  }

  /** Likes a post; its author and oneself are told. */
  async like(liked: PostRef): Promise<void> {
    like(this.#platform, this.#user, liked)
  }

  /** Follows a user; both are told, as of the next five. A protected user takes every follower. */
  async follow(user: UserRef): Promise<void> {
    relations.follow(this.#platform, this.#user, user)
  }

  async unfollow(user: UserRef): Promise<void> {
    relations.unfollow(this.#platform, this.#user, user)
  }

  /** Blocks a user. Neither follows the other any more, of which there is no event. */
  async block(user: UserRef): Promise<void> {
    relations.block(this.#platform, this.#user, user)
  }

  async unblock(user: UserRef): Promise<void> {
    relations.unblock(this.#platform, this.#user, user)
  }

  async mute(user: UserRef): Promise<void> {
    relations.mute(this.#platform, this.#user, user)
  }

  async unmute(user: UserRef): Promise<void> {
    relations.unmute(this.#platform, this.#user, user)
  }

  /** Sends a direct message; both sides are told. */
  async message(to: UserRef, text: string): Promise<MessagePayload> {
    return sendMessage(this.#platform, this.#user, to, text)
  }

  /** Types a direct message; only the other side is told. */
  async typing(to: UserRef): Promise<void> {
    indicateTyping(this.#platform, this.#user, to)
  }

  /** Reads a direct message, or all that a user sent; only who wrote it is told. */
  async read(what: MessageRef | UserRef): Promise<void> {
    markRead(this.#platform, this.#user, what)
  }

  /**
   * Takes back what the user gave to an app: its tokens end, its subscriptions are removed, and the webhooks that had
   * one are told. The app is `x.app` unless given.
   */
  async revoke(app?: AppRef): Promise<void> {
    revoke(this.#platform, this.#user, findApp(this.#platform, app))
  }

  /**
   * Lets an app act for the user, and returns the tokens: the same ones until they are revoked, or the permissions of the
   * app or the scopes have changed. The app is `x.app` unless given.
   */
  async authorize(app?: AppRef, options: AuthorizeOptions = {}): Promise<UserTokens> {
    const grant = authorize(this.#platform, findApp(this.#platform, app), this.#user, readAuthorizeOptions(options))
    const { accessToken, accessTokenSecret, oauth2Token } = grant
    return { accessToken, accessTokenSecret, oauth2Token }
  }

  /** What the user gave to `x.app` last, also through the pages of X; taken back or not. */
  #given(): Grant | undefined {
    this.#grant = this.#platform.state.grantOf(findApp(this.#platform).id, this.id) ?? this.#grant
    return this.#grant
  }

  /** Another one once a state was loaded. */
  get #platform(): Platform {
    return this.#current()
  }

  get #user(): UserState {
    return findUser(this.#platform.state, this)
  }
}
