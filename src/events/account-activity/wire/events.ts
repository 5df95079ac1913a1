import type { WirePost } from './post.ts'
import type { WireEventUser, WireUser } from './user.ts'

/**
 * The subscribed account deleted a post. X does not send the content of the post.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WirePostDelete {
  /** The deleted post. */
  readonly status: {
    /** The id of the post: digits in a string. */
    readonly id: string
    /** The id of the author: digits in a string. */
    readonly user_id?: string
  }
  /** When it was deleted: milliseconds since 1970, in a string. */
  readonly timestamp_ms?: string
}

/**
 * A user liked a post. X sends no event when a like is removed.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireFavorite {
  /** The id of the like: 32 hexadecimal digits. */
  readonly id?: string
  /** When, in seconds: `Thu Apr 06 15:24:15 +0000 2017`. */
  readonly created_at?: string
  /** When: milliseconds since 1970. It is a number here, while other events have a string. */
  readonly timestamp_ms?: number
  /** The post that the user likes. */
  readonly favorited_status: WirePost
  /** The user who likes the post. */
  readonly user: WireUser
}

/** The members that follow, block and mute events share, and those of their opposites: `source` did it to `target`. */
export interface WireRelation {
  /** When: milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  /** The user that it was done to. */
  readonly target: WireEventUser
  /** The user who did it. */
  readonly source: WireEventUser
}

/**
 * A user followed or unfollowed another one. Both come in `follow_events`.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireFollow extends WireRelation {
  /** Which of the two it is. When it is absent, the key of the delivery says it. */
  readonly type?: 'follow' | 'unfollow'
}

/**
 * A user blocked or unblocked another one. Both come in `block_events`.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireBlock extends WireRelation {
  /** Which of the two it is. When it is absent, the key of the delivery says it. */
  readonly type?: 'block' | 'unblock'
}

/**
 * A user muted or unmuted another one. Both come in `mute_events`.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireMute extends WireRelation {
  /** Which of the two it is. When it is absent, the key of the delivery says it. */
  readonly type?: 'mute' | 'unmute'
}

/**
 * A user revoked the access of the app. X has already deleted the subscription.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 */
export interface WireRevoke {
  /** When, in seconds: `2018-05-24T09:48:12+00:00`. */
  readonly date_time?: string
  /** The app that lost the access. */
  readonly target: {
    /** The id of the app: digits in a string. */
    readonly app_id: string
  }
  /** The user who revoked the access. */
  readonly source: {
    /** The id of the user: digits in a string. */
    readonly user_id: string
  }
}

/**
 * A replay job has ended.
 *
 * @see https://docs.x.com/x-api/account-activity/quickstart
 */
export interface WireReplayJobStatus {
  /** The id of the webhook: digits in a string. */
  readonly webhook_id?: string
  /** `Complete`, or `Incomplete` when X could not deliver all events. */
  readonly job_state: string
  /** The same in a sentence, such as `Job completed successfully`. */
  readonly job_state_description?: string
  /** The id of the job: digits in a string. */
  readonly job_id: string
}
