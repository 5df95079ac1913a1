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

/** An app, as the `apps` map of a direct message delivery holds it, under its id. */
export interface WireApp {
  readonly id?: string
  readonly name?: string
  readonly url?: string
}

/**
 * The body of one POST to the webhook. It holds one of the keys that end in `_events` in all that was ever captured;
 * nothing forbids several.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireDelivery {
  /** The subscribed account this is about. Missing in `user_event` and `replay_job_status`. */
  readonly for_user_id?: string
  /** Whether the subscribed account has blocked the author; with posts that mention it. X's docs show a string. */
  readonly user_has_blocked?: boolean | 'true' | 'false'
  /** Whether the author has blocked the subscribed account. Documented, but in no capture. */
  readonly is_blocked_by?: boolean | 'true' | 'false'
  readonly tweet_create_events?: readonly WirePost[]
  readonly tweet_delete_events?: readonly WirePostDelete[]
  readonly favorite_events?: readonly WireFavorite[]
  /** Follows and unfollows. */
  readonly follow_events?: readonly WireFollow[]
  /** A name of X's documentation; unfollows come in `follow_events`. */
  readonly unfollow_events?: readonly WireFollow[]
  /** Blocks and unblocks. */
  readonly block_events?: readonly WireBlock[]
  /** A name of X's documentation; unblocks come in `block_events`. */
  readonly unblock_events?: readonly WireBlock[]
  /** Mutes and unmutes. */
  readonly mute_events?: readonly WireMute[]
  /** A name of X's documentation; unmutes come in `mute_events`. */
  readonly unmute_events?: readonly WireMute[]
  readonly direct_message_events?: readonly WireDirectMessage[]
  readonly direct_message_indicate_typing_events?: readonly WireDirectMessageTyping[]
  readonly direct_message_mark_read_events?: readonly WireDirectMessageRead[]
  /** The apps that the messages were sent with, by id. */
  readonly apps?: { readonly [appId: string]: WireApp }
  /** The users that take part in a conversation, by id; either may be missing. */
  readonly users?: { readonly [userId: string]: WireDirectMessageUser }
  readonly user_event?: { readonly revoke: WireRevoke }
  readonly replay_job_status?: WireReplayJobStatus
}
