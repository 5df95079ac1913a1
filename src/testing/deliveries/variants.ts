import type { EventType } from '../../events/events.ts'
import type { Cast } from './cast.ts'
import type { DeliveryBody } from './delivery-bodies.ts'

/**
 * The variants of each type of delivery. A type that is not here has one form. With `incoming`, another user acts; with
 * `outgoing`, the subscribed account.
 */
export interface DeliveryVariants {
  /**
   * Posts by another user: `mention` (the default), `reply` to a post of the account, `quote` and `repost` of a post of the
   * account, and mentions with a photo (`media`), with a video (`video`), and with a text that X cuts (`long_text`). Posts
   * by the account: `post`, `thread` (a reply to its own post), `own_reply`, `own_quote` and `own_repost`.
   */
  readonly tweet_create:
    | 'mention'
    | 'reply'
    | 'quote'
    | 'repost'
    | 'media'
    | 'video'
    | 'long_text'
    | 'post'
    | 'thread'
    | 'own_reply'
    | 'own_quote'
    | 'own_repost'
  /** The default is `incoming`: another user likes a post of the account. */
  readonly favorite: 'incoming' | 'outgoing'
  /** The default is `incoming`: another user follows the account. */
  readonly follow: 'incoming' | 'outgoing'
  /** The default is `outgoing`, the only direction that X is known to send. */
  readonly unfollow: 'incoming' | 'outgoing'
  /** The default is `outgoing`, the only direction that X is known to send. */
  readonly block: 'incoming' | 'outgoing'
  /** The default is `outgoing`, the only direction that X is known to send. */
  readonly unblock: 'incoming' | 'outgoing'
  /** The default is `outgoing`, the only direction that X is known to send. */
  readonly mute: 'incoming' | 'outgoing'
  /** The default is `outgoing`, the only direction that X is known to send. */
  readonly unmute: 'incoming' | 'outgoing'
  /**
   * Messages to the account: `incoming` (the default), with a photo (`media`), with a GIF (`gif`), with a place
   * (`location`), and the answer to options (`quick_reply_response`). Messages by the account: `outgoing`, with options
   * (`quick_reply`), and with buttons (`buttons`).
   */
  readonly direct_message:
    | 'incoming'
    | 'outgoing'
    | 'media'
    | 'gif'
    | 'location'
    | 'quick_reply'
    | 'quick_reply_response'
    | 'buttons'
  /** The default is `complete`. */
  readonly replay_job_status: 'complete' | 'incomplete'
  /** The default is `post`: a post that is neither a reply nor a quote. */
  readonly 'post.create': 'post' | 'mention' | 'reply' | 'thread' | 'quote' | 'repost' | 'media' | 'video' | 'long_text'
  /** The default is `mention`. */
  readonly 'post.mention.create': 'mention' | 'media' | 'video' | 'long_text'
  /** The default is `reply`. */
  readonly 'post.reply.create': 'reply' | 'media'
  /** The default is `quote`. */
  readonly 'post.quote.create': 'quote' | 'media'
  /** The default is `incoming`: another user likes a post of the account. */
  readonly 'like.create': 'incoming' | 'outgoing'
  /** The default is `incoming`: another user follows the account. */
  readonly 'follow.follow': 'incoming' | 'outgoing'
  /** The default is `outgoing`: the account unfollows another user. */
  readonly 'follow.unfollow': 'incoming' | 'outgoing'
  /** The default is `incoming`: another user subscribes to the account. */
  readonly 'subscriptions.subscribe': 'incoming' | 'outgoing'
  /** The default is `incoming`: another user ends a subscription to the account. */
  readonly 'subscriptions.unsubscribe': 'incoming' | 'outgoing'
  /** The default is `text`. */
  readonly 'dm.received': 'text' | 'media' | 'gif' | 'location' | 'quick_reply_response'
  /** The default is `text`. */
  readonly 'dm.sent': 'text' | 'media' | 'quick_reply' | 'buttons'
  /** The default is `direct`: a conversation of two users. */
  readonly 'chat.received': 'direct' | 'group'
  /** The default is `direct`: a conversation of two users. */
  readonly 'chat.sent': 'direct' | 'group'
  /** The default is `post`: a post that is neither a reply nor a quote. */
  readonly filtered_post: 'post' | 'reply' | 'quote' | 'repost' | 'media' | 'video' | 'long_text'
}

/** The names of the variants of a type. `never` when it has one form. */
export type DeliveryVariant<Type extends EventType> = Type extends keyof DeliveryVariants
  ? DeliveryVariants[Type]
  : never

/** Creates a body with the people and ids of a cast. */
export type BuildBody<Type extends EventType> = (cast: Cast) => DeliveryBody<Type>

/** How to create the bodies of one type: one function, or one for each variant. The first variant is the default. */
export type Builders<Type extends EventType> = [DeliveryVariant<Type>] extends [never]
  ? BuildBody<Type>
  : { readonly [Variant in DeliveryVariant<Type>]: BuildBody<Type> }

/** How to create the bodies of several types. */
export type BuildersOf<Types extends EventType> = { readonly [Type in Types]: Builders<Type> }
