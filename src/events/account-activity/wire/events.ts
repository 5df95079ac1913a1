import type { WirePost } from './post.ts'
import type { WireEventUser, WireUser } from './user.ts'

/** A post was deleted; what it said is not sent. */
export interface WirePostDelete {
  readonly status: {
    /** The deleted post. */
    readonly id: string
    /** Its author. */
    readonly user_id?: string
  }
  /** When it was deleted: milliseconds since 1970, in a string. */
  readonly timestamp_ms?: string
}

/** Someone liked a post. There is no event for taking a like back. */
export interface WireFavorite {
  /** The like itself: 32 hexadecimal digits. */
  readonly id?: string
  /** When: `Thu Apr 06 15:24:15 +0000 2017`. */
  readonly created_at?: string
  /** When: milliseconds since 1970, here as a number. */
  readonly timestamp_ms?: number
  /** The post that is liked. */
  readonly favorited_status: WirePost
  /** Who likes it. */
  readonly user: WireUser
}

/** What follow, block and mute events, and their undoing, have in common: `source` did it to `target`. */
export interface WireRelation {
  /** Milliseconds since 1970, in a string. */
  readonly created_timestamp?: string
  /** Whom it was done to. */
  readonly target: WireEventUser
  /** Who did it. */
  readonly source: WireEventUser
}

/** Someone followed or, in the same array, unfollowed someone. */
export interface WireFollow extends WireRelation {
  readonly type?: 'follow' | 'unfollow'
}

/** Someone blocked or unblocked someone. */
export interface WireBlock extends WireRelation {
  readonly type?: 'block' | 'unblock'
}

/** Someone muted or unmuted someone. */
export interface WireMute extends WireRelation {
  readonly type?: 'mute' | 'unmute'
}

/** A user took back the permission they gave to the app; X has removed the subscription already. */
export interface WireRevoke {
  /** When: `2018-05-24T09:48:12+00:00`. */
  readonly date_time?: string
  readonly target: { readonly app_id: string }
  readonly source: { readonly user_id: string }
}

/** A replay job has ended. */
export interface WireReplayJobStatus {
  readonly webhook_id?: string
  /** `Complete`, or `Incomplete` when not every event could be delivered. */
  readonly job_state: string
  readonly job_state_description?: string
  readonly job_id: string
}
