import type { WireEntities, WireMedia } from './entities.ts'
import type { WirePlace, WirePoint } from './post.ts'

/**
 * A direct message that was sent or received.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireDirectMessage {
  readonly type?: 'message_create'
  readonly id: string
  /** When it was sent: milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  /** What the conversation began with. */
  readonly initiated_via?: WireInitiatedVia
  readonly message_create: WireMessageCreate
}

/** The post or welcome message that a conversation began with. */
export interface WireInitiatedVia {
  readonly tweet_id?: string
  readonly welcome_message_id?: string
}

/** Who wrote what to whom. */
export interface WireMessageCreate {
  readonly target: { readonly recipient_id: string }
  readonly sender_id: string
  /** The app it was sent with; mostly there only on messages that the subscribed account sent. */
  readonly source_app_id?: string
  /** Some sources have it here instead of beside `message_create`. */
  readonly initiated_via?: WireInitiatedVia
  readonly message_data: WireMessageData
}

/** What a direct message says. */
export interface WireMessageData {
  /** The text, with `&`, `<` and `>` as HTML entities. A medium or location adds a t.co link at its end. */
  readonly text?: string
  readonly entities?: WireEntities
  readonly attachment?: WireAttachment
  /** The choices offered to the recipient. */
  readonly quick_reply?: {
    /** `options`. */
    readonly type: string
    readonly options?: readonly WireQuickReplyOption[]
  }
  /** Which choice was taken. */
  readonly quick_reply_response?: {
    /** `options` or `location`. */
    readonly type: string
    /** What the option carried; missing when it carried nothing. */
    readonly metadata?: string
  }
  /** Buttons below the message. */
  readonly ctas?: readonly WireCallToAction[]
}

/** A photo, video, GIF or location sent with a message. */
export interface WireAttachment {
  /** `media` or `location`. */
  readonly type?: string
  readonly media?: WireMedia
  readonly location?: {
    /** `shared_coordinate` or `shared_place`. */
    readonly type?: string
    readonly shared_coordinate?: { readonly coordinates?: WirePoint }
    readonly shared_place?: { readonly place?: WirePlace }
  }
}

/** One of the choices offered with a message. */
export interface WireQuickReplyOption {
  readonly label: string
  readonly description?: string
  /** Comes back in `quick_reply_response` when this option is taken. */
  readonly metadata?: string
}

/** A button that opens a link. */
export interface WireCallToAction {
  /** `web_url`. */
  readonly type: string
  readonly label: string
  readonly url: string
  readonly tco_url?: string
}

/** Someone is typing a message to the subscribed account. */
export interface WireDirectMessageTyping {
  /** Milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  /** Who is typing. */
  readonly sender_id: string
  readonly target: { readonly recipient_id: string }
}

/** Someone has read what the subscribed account wrote. */
export interface WireDirectMessageRead {
  /** Milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  /** Who has read it. */
  readonly sender_id: string
  readonly target: { readonly recipient_id: string }
  /** The last message that was read. */
  readonly last_read_event_id?: string
}
