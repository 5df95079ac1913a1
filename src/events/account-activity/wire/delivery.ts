import type { WireDirectMessage, WireDirectMessageRead, WireDirectMessageTyping } from './direct-message.ts'
import type {
  WireBlock,
  WireFavorite,
  WireFollow,
  WireMute,
  WirePostDelete,
  WireReplayJobStatus,
  WireRevoke,
} from './events.ts'
import type { WirePost } from './post.ts'
import type { WireDirectMessageUser } from './user.ts'

/** An app, as it is in the `apps` map of a direct message delivery. */
export interface WireApp {
  /** The id of the app: digits in a string. It is also the key in the map. */
  readonly id?: string
  /** The name of the app, as X shows it. */
  readonly name?: string
  /** The web site of the app. */
  readonly url?: string
}

/**
 * The body of one POST request to the webhook. All deliveries that are known have exactly one of the keys that end in
 * `_events`, with an array of one event; X does not rule out more.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireDelivery {
  /**
   * The id of the subscribed account that the delivery is for: digits in a string. Absent with `user_event` and
   * `replay_job_status`.
   */
  readonly for_user_id?: string
  /**
   * Whether the subscribed account has blocked the author of the post. X sends it with most posts that mention the
   * account. X's documentation shows a string; its deliveries contain a boolean.
   */
  readonly user_has_blocked?: boolean | 'true' | 'false'
  /**
   * Whether the author of the post has blocked the subscribed account. X documents it, but no delivery with it is
   * known.
   */
  readonly is_blocked_by?: boolean | 'true' | 'false'
  /** Posts by the subscribed account, and posts that mention, answer, quote or repost it. */
  readonly tweet_create_events?: readonly WirePost[]
  /** Posts that the subscribed account deleted. */
  readonly tweet_delete_events?: readonly WirePostDelete[]
  /** Likes by the subscribed account, and likes of its posts. */
  readonly favorite_events?: readonly WireFavorite[]
  /** Follows and unfollows: `type` says which. */
  readonly follow_events?: readonly WireFollow[]
  /** X's documentation names this key, but X sends unfollows in `follow_events`. */
  readonly unfollow_events?: readonly WireFollow[]
  /** Blocks and unblocks: `type` says which. */
  readonly block_events?: readonly WireBlock[]
  /** X's documentation names this key, but X sends unblocks in `block_events`. */
  readonly unblock_events?: readonly WireBlock[]
  /** Mutes and unmutes: `type` says which. */
  readonly mute_events?: readonly WireMute[]
  /** X's documentation names this key, but X sends unmutes in `mute_events`. */
  readonly unmute_events?: readonly WireMute[]
  /** Direct messages that the subscribed account sent or received. */
  readonly direct_message_events?: readonly WireDirectMessage[]
  /** Another account is typing a direct message to the subscribed account. */
  readonly direct_message_indicate_typing_events?: readonly WireDirectMessageTyping[]
  /** Another account has read direct messages of the subscribed account. */
  readonly direct_message_mark_read_events?: readonly WireDirectMessageRead[]
  /** The apps that sent the direct messages, by id. Absent when X does not name the app. */
  readonly apps?: { readonly [appId: string]: WireApp }
  /** The profiles of the users of a conversation, by id. X may leave out one of the two, or the whole map. */
  readonly users?: { readonly [userId: string]: WireDirectMessageUser }
  /** A user revoked the access of the app. */
  readonly user_event?: {
    /** Who revoked the access of which app. */
    readonly revoke: WireRevoke
  }
  /** A replay job has ended. */
  readonly replay_job_status?: WireReplayJobStatus
}
