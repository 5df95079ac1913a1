import type {
  WireDirectMessage,
  WireDirectMessageRead,
  WireDirectMessageTyping,
} from '../../account-activity/wire/direct-message.ts'
import type { WireV2User, WireWrappedUser } from './user.ts'

/** A deleted post. */
export interface WireV2PostDelete {
  /** The id of the post: digits in a string. */
  readonly id: string
  /** The id of the author: digits in a string. */
  readonly author_id?: string
}

/** A like. It does not say who likes the post. */
export interface WireV2Like {
  /** The id of the like: 32 hexadecimal digits. */
  readonly id?: string
  /** When the post was liked: ISO 8601. */
  readonly created_at?: string
  /** The same time: milliseconds since 1970. A string in deliveries, a number in X's schema. */
  readonly timestamp_ms?: string | number
  /** The id of the liked post: digits in a string. */
  readonly liked_tweet_id?: string
  /** The name that `liked_tweet_id` may get. */
  readonly liked_post_id?: string
  /** The id of the author of the liked post: digits in a string. */
  readonly liked_tweet_author_id?: string
  /** The name that `liked_tweet_author_id` may get. */
  readonly liked_post_author_id?: string
  /** The name of `liked_tweet_author_id` in X's schema. */
  readonly tweet_author_id?: string
  /** The name that `tweet_author_id` may get. */
  readonly post_author_id?: string
}

/** Two users: one who acted, and one whom it was done to. */
export interface WireV2Relation {
  /** The user who acted. */
  readonly source: WireWrappedUser | WireV2User
  /** The other user. */
  readonly target: WireWrappedUser | WireV2User
}

/** A change of a profile. */
export interface WireProfileUpdate {
  /** The text, or the address of the picture, before the change. May be empty. */
  readonly before?: string
  /** The same after the change. May be empty. */
  readonly after?: string
}

/** The users of a conversation by their ids. */
export type WireV2UserMap = Readonly<Record<string, WireWrappedUser | WireV2User>>

/** Direct messages that are not encrypted. */
export interface WireV2DirectMessages {
  /** The messages. X sends one. */
  readonly direct_message_events: readonly WireDirectMessage[]
  /** The sender and the recipient. */
  readonly users?: WireV2UserMap
}

/** A user has read direct messages. No delivery is known: this is the form of the Account Activity API. */
export interface WireV2DirectMessageRead {
  /** Which messages were read. */
  readonly direct_message_mark_read_events: readonly WireDirectMessageRead[]
  /** The sender and the recipient. */
  readonly users?: WireV2UserMap
}

/** A user is typing a direct message. No delivery is known: this is the form of the Account Activity API. */
export interface WireV2DirectMessageTyping {
  /** Who is typing. */
  readonly direct_message_indicate_typing_events: readonly WireDirectMessageTyping[]
  /** The sender and the recipient. */
  readonly users?: WireV2UserMap
}

/** An encrypted message, or a change of an encrypted conversation. */
export interface WireChat {
  /** The id of the message: a UUID. X's guide leaves it out. */
  readonly id?: string
  /** The id of the conversation: two ids with `:` or `-` between them, or `g` and the id of a group. */
  readonly conversation_id?: string
  /** The id of the sender: digits in a string. */
  readonly sender_id?: string
  /** When it was sent: milliseconds since 1970, in a string. */
  readonly created_at_msec?: string
  /** The version of the key of the conversation. */
  readonly conversation_key_version?: string
  /** The token of the conversation. */
  readonly conversation_token?: string
  /** The encrypted message: base64. */
  readonly encoded_event?: string
  /** A change of the key: base64. */
  readonly conversation_key_change_event?: string
  /** The key of the conversation, encrypted for the account. Not in all deliveries. */
  readonly encrypted_conversation_key?: string
  /** The id of the message before this one. Not in all deliveries. */
  readonly previous_id?: string
  /** The place of the message in the conversation. Not in all deliveries. */
  readonly sequence_id?: string
  /** Whether X trusts the sender. Not in all deliveries. */
  readonly is_trusted?: boolean
  /** The signature of the message. */
  readonly message_event_signature?: Readonly<Record<string, unknown>>
}

/** News about a keyword. All members may be absent. */
export interface WireNews {
  /** The id of the story: digits in a string. */
  readonly id?: string
  /** The title. */
  readonly name?: string
  /** The title in X's schema. */
  readonly headline?: string
  /** The category, such as `News`. */
  readonly category?: string
  /** A sentence that makes one curious. */
  readonly hook?: string
  /** The summary. */
  readonly summary?: string
  /** A warning that the summary may change. */
  readonly disclaimer?: string
  /** When the story was written: ISO 8601. */
  readonly updated_at?: string
  /** The topics, people and places of the story. */
  readonly contexts?: Readonly<Record<string, unknown>>
  /** The posts that the story is about. */
  readonly cluster_posts_results?: readonly {
    /** The id of the post: digits in a string. */
    readonly post_id?: string
  }[]
}

/** A Space that began or ended. */
export interface WireSpace {
  /** The host. */
  readonly user?: WireWrappedUser | WireV2User
  /** The id of the Space: letters and digits. */
  readonly broadcast_id: string
  /** `spaces_start` or `spaces_end`. */
  readonly event_type?: string
}

/** A live video that began or ended. */
export interface WireBroadcast {
  /** The user who broadcasts. */
  readonly user?: WireWrappedUser | WireV2User
  /** The id of the broadcast: letters and digits. */
  readonly broadcast_id: string
  /** The title. */
  readonly title?: string
  /** The language. */
  readonly language?: string
  /** `Running` or `Ended`. */
  readonly broadcast_state?: string
  /** When it happened: milliseconds since 1970. */
  readonly event_timestamp_ms?: number
  /** The same as a string. */
  readonly event_timestamp_ms_str?: string
  /** When the broadcast was created: milliseconds since 1970. */
  readonly created_timestamp_ms?: number
  /** The same as a string. */
  readonly created_timestamp_ms_str?: string
  /** When the broadcast was changed: milliseconds since 1970. */
  readonly updated_timestamp_ms?: number
  /** The same as a string. */
  readonly updated_timestamp_ms_str?: string
  /** How long it was, in milliseconds. Only at its end. */
  readonly duration_ms?: number
  /** The same as a string. */
  readonly duration_ms_str?: string
  /** The address of a picture. */
  readonly thumbnail_url?: string
  /** Whether it can be watched later. */
  readonly available_for_replay?: boolean
}

/** A chat message in a live video. */
export interface WireBroadcastChat {
  /** The id of the broadcast: letters and digits. */
  readonly broadcast_id: string
  /** The id of the message: digits in a string. */
  readonly message_id: string
  /** The text. */
  readonly message?: string
  /** The user who wrote it. */
  readonly author?: WireWrappedUser | WireV2User
}

/** A user revoked the access of an app. */
export interface WireOAuthRevoke {
  /** The id of the user: digits in a string. */
  readonly user_id: string
  /** The id of the app: digits in a string. */
  readonly app_id: string
  /** When it happened: ISO 8601. */
  readonly date_time?: string
}
