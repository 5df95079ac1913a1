import type { WireEntities, WireMedia } from './entities.ts'
import type { WirePlace, WirePoint } from './post.ts'

/**
 * A direct message that the subscribed account sent or received.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireDirectMessage {
  /** Always `message_create` in deliveries of X. */
  readonly type?: 'message_create'
  /** The id of the message: digits in a string. */
  readonly id: string
  /** When it was sent: milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  /** What started the conversation. Absent when nothing but a message did. */
  readonly initiated_via?: WireInitiatedVia
  /** The users and the content of the message. */
  readonly message_create: WireMessageCreate
}

/** The post or the welcome message that started a conversation. */
export interface WireInitiatedVia {
  /** The id of the post: digits in a string. Absent when a welcome message started the conversation. */
  readonly tweet_id?: string
  /** The id of the welcome message: digits in a string. Absent when a post started the conversation. */
  readonly welcome_message_id?: string
}

/** The users and the content of a direct message. */
export interface WireMessageCreate {
  /** The user that the message was sent to. */
  readonly target: {
    /** The id of the recipient: digits in a string. */
    readonly recipient_id: string
  }
  /** The id of the sender: digits in a string. */
  readonly sender_id: string
  /**
   * The id of the app that sent the message: digits in a string. X usually sends it only for messages of the subscribed
   * account, and may leave it out there too.
   */
  readonly source_app_id?: string
  /** Some sources have this member here instead of next to `message_create`. */
  readonly initiated_via?: WireInitiatedVia
  /** The content of the message. */
  readonly message_data: WireMessageData
}

/** The content of a direct message. */
export interface WireMessageData {
  /**
   * The text, in which `&`, `<` and `>` are HTML entities: `unescapeText` returns it as people read it. The text of a
   * message with media or a location ends with a t.co link.
   */
  readonly text?: string
  /** The tags, links and mentions in the text. Lists may be absent, and the object may be empty. */
  readonly entities?: WireEntities
  /** A photo, video, GIF or location. Absent when there is none. */
  readonly attachment?: WireAttachment
  /** The options that the sender offers to the recipient. Absent when there are none. */
  readonly quick_reply?: {
    /** The kind of the options: `options`. */
    readonly type: string
    /** The options, in the order in which X shows them. */
    readonly options?: readonly WireQuickReplyOption[]
  }
  /** The option that the sender selected. Absent when the message does not answer to options. */
  readonly quick_reply_response?: {
    /** The kind of the option: `options` or `location`. */
    readonly type: string
    /** The `metadata` of the selected option. Absent when the option has none. */
    readonly metadata?: string
  }
  /** The buttons below the message. Absent when there are none. */
  readonly ctas?: readonly WireCallToAction[]
}

/** A photo, video, GIF or location that is attached to a direct message. */
export interface WireAttachment {
  /** `media` or `location`. */
  readonly type?: string
  /** The photo, video or GIF. Absent when `type` is `location`. */
  readonly media?: WireMedia
  /** The location. Absent when `type` is `media`. */
  readonly location?: {
    /** `shared_coordinate` or `shared_place`. */
    readonly type?: string
    /** The point that the sender shared. Absent when `type` is `shared_place`. */
    readonly shared_coordinate?: {
      /** Longitude, then latitude. */
      readonly coordinates?: WirePoint
    }
    /** The place that the sender shared. Absent when `type` is `shared_coordinate`. */
    readonly shared_place?: {
      /** The place. */
      readonly place?: WirePlace
    }
  }
}

/** One of the options that a direct message offers. */
export interface WireQuickReplyOption {
  /** The text on the option. It is also the text of the answer when the recipient selects the option. */
  readonly label: string
  /** The text below the label. Absent when there is none. */
  readonly description?: string
  /** Data of the sender, which `quick_reply_response` returns when the recipient selects the option. */
  readonly metadata?: string
}

/** A button of a direct message that opens a link. */
export interface WireCallToAction {
  /** The kind of the button: `web_url`. */
  readonly type: string
  /** The text on the button. */
  readonly label: string
  /** The link that the button opens. */
  readonly url: string
  /** The same link, shortened to t.co. */
  readonly tco_url?: string
}

/**
 * Another account is typing a direct message to the subscribed account.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireDirectMessageTyping {
  /** When: milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  /** The id of the user who is typing: digits in a string. */
  readonly sender_id: string
  /** The user who will receive the message. */
  readonly target: {
    /** The id of the subscribed account: digits in a string. */
    readonly recipient_id: string
  }
}

/**
 * Another account has read direct messages of the subscribed account.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireDirectMessageRead {
  /** When: milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  /** The id of the user who has read the messages: digits in a string. */
  readonly sender_id: string
  /** The user who wrote the messages. */
  readonly target: {
    /** The id of the subscribed account: digits in a string. */
    readonly recipient_id: string
  }
  /** The id of the last message that was read: digits in a string. */
  readonly last_read_event_id?: string
}
