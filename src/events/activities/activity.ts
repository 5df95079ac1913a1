import type { Direction } from '../event-base.ts'
import type { ActivityEvent } from '../events.ts'

/** A user as an event names them. Only what X sent is there. */
export interface Person {
  /** The id: digits in a string. */
  readonly id: string
  /** The handle, without `@`. */
  readonly handle?: string
  /** The display name. */
  readonly name?: string
  /** The address of the picture. */
  readonly imageUrl?: string
}

/** A photo, video or GIF of a post or of a message. */
export interface Media {
  /** What it is. An `animated_gif` is a video without sound. */
  readonly type: 'photo' | 'video' | 'animated_gif'
  /**
   * The address of the photo, or of the MP4 file of a video or a GIF in the best quality; of a preview image when X sent no
   * file. The media of direct messages can be fetched only with the credentials of a user of the conversation.
   */
  readonly url: string
  /** The description that the author gave it. Absent when there is none. */
  readonly altText?: string
}

/** The members that every activity has. */
export interface ActivityBase<Kind extends string> {
  /** What happened, whichever API tells it. */
  readonly kind: Kind
  /**
   * Identifies the activity for the account: the key to detect duplicates. For posts, deletions, messages and revocations
   * it is the same for the delivery of the Account Activity API and that of the X Activity API.
   */
  readonly key: string
  /** The id of the account that the activity is for: digits in a string. */
  readonly accountId: string
  /** `outgoing` when the account did it, `incoming` when another user did. Absent when X does not name who did it. */
  readonly direction?: Direction
  /** When it happened. Absent when X sent no time. */
  readonly occurredAt?: Date
  /** The API that delivered it. */
  readonly api: 'account_activity' | 'activity'
  /** The event that it was made of, with all that X sent. */
  readonly event: ActivityEvent
}

/**
 * A post was created that concerns the account. `kind` is the first of these that is true: it is a `repost`, a `quote`, a
 * `reply`, it is by another user and names the account (`mention`); otherwise it is a `post`.
 */
export interface PostActivity<Kind extends 'post' | 'mention' | 'reply' | 'quote' | 'repost'>
  extends ActivityBase<Kind> {
  /** The id of the post: digits in a string. */
  readonly postId: string
  /** The whole text, as people read it: without HTML entities. */
  readonly text: string
  /** The address of the post on x.com. */
  readonly url: string
  /** Who wrote it. */
  readonly author: Person
  /** The users that the text names. */
  readonly mentions: readonly Person[]
  /** The photos, videos and GIFs. */
  readonly media: readonly Media[]
  /** The language of the text, such as `en`. `und` when X does not know it. */
  readonly lang?: string
  /** The id of the post that it replies to. */
  readonly inReplyToPostId?: string
  /** The id of the post that it quotes. */
  readonly quotedPostId?: string
  /** The id of the post that it reposts. */
  readonly repostedPostId?: string
}

/** The account deleted one of its posts. */
export interface PostDeleteActivity extends ActivityBase<'post_delete'> {
  /** The id of the deleted post: digits in a string. */
  readonly postId: string
  /** The id of its author: digits in a string. */
  readonly authorId: string
}

/** A post was liked: by the account (`outgoing`), or one of its posts by another user (`incoming`). */
export interface LikeActivity extends ActivityBase<'like'> {
  /** The id of the liked post: digits in a string. */
  readonly postId: string
  /** The author of the liked post. Absent when X does not name them. */
  readonly postAuthor?: Person
  /** Who likes it. The X Activity API does not always name them. */
  readonly liker?: Person
}

/** One user did something to another one. */
export interface RelationActivity<Kind extends 'follow' | 'unfollow' | 'block' | 'unblock' | 'mute' | 'unmute'>
  extends ActivityBase<Kind> {
  /** Who did it. */
  readonly source: Person
  /** Whom it was done to. */
  readonly target: Person
}

/**
 * A direct message that is not encrypted. A bot that answers must check that `direction` is `incoming`: otherwise it
 * answers its own messages.
 */
export interface MessageActivity extends ActivityBase<'message'> {
  /** The id of the message: digits in a string. */
  readonly messageId: string
  /** The text, as people read it: without HTML entities. */
  readonly text: string
  /** Who sent it. */
  readonly sender: Person
  /** Who received it. */
  readonly recipient: Person
  /** The photo, video or GIF. X sends one at most. */
  readonly media: readonly Media[]
}

/** A user is typing a direct message. */
export interface TypingActivity extends ActivityBase<'typing'> {
  /** Who is typing. */
  readonly sender: Person
  /** Who will receive the message. */
  readonly recipient: Person
}

/** A user has read direct messages. */
export interface ReadActivity extends ActivityBase<'read'> {
  /** Who has read them. */
  readonly sender: Person
  /** Who had sent them. */
  readonly recipient: Person
  /** The id of the last message that was read. Absent when X did not send it. */
  readonly lastReadMessageId?: string
}

/** A user revoked the access of your app. `accountId` is the user. */
export interface RevokeActivity extends ActivityBase<'revoke'> {
  /** The id of the user: digits in a string. */
  readonly userId: string
  /** The id of your app: digits in a string. */
  readonly appId: string
}

/** What happened on an account, in one form for the Account Activity API and the X Activity API. See `activityOf`. */
export type Activity =
  | PostActivity<'post'>
  | PostActivity<'mention'>
  | PostActivity<'reply'>
  | PostActivity<'quote'>
  | PostActivity<'repost'>
  | PostDeleteActivity
  | LikeActivity
  | RelationActivity<'follow'>
  | RelationActivity<'unfollow'>
  | RelationActivity<'block'>
  | RelationActivity<'unblock'>
  | RelationActivity<'mute'>
  | RelationActivity<'unmute'>
  | MessageActivity
  | TypingActivity
  | ReadActivity
  | RevokeActivity

/** All kinds of activities. */
export const activityKinds = [
  'post',
  'mention',
  'reply',
  'quote',
  'repost',
  'post_delete',
  'like',
  'follow',
  'unfollow',
  'block',
  'unblock',
  'mute',
  'unmute',
  'message',
  'typing',
  'read',
  'revoke',
] as const satisfies readonly Activity['kind'][]

/** A kind of activity: one of `activityKinds`. */
export type ActivityKind = (typeof activityKinds)[number]

/** The activity of a given kind: `ActivityOf<'message'>` is `MessageActivity`. */
export type ActivityOf<Kind extends ActivityKind> = Extract<Activity, { kind: Kind }>
