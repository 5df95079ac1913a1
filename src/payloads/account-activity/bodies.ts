import type { WireDelivery } from '../../events/account-activity/wire/delivery.ts'
import type { WireRelation } from '../../events/account-activity/wire/events.ts'
import { revokeDate, v1Date } from '../dates.ts'
import type { PostRecord } from '../post-record.ts'
import type { UserProfile } from '../user-profile.ts'
import { nestedPostPayload, postPayload } from './post.ts'
import { eventUserPayload, userPayload } from './user.ts'

// The bodies of deliveries, without what differs from account to account: `for_user_id`, and the flags of a mention.

/** A new post. */
export function postCreateBody(post: PostRecord) {
  return { tweet_create_events: [postPayload(post)] } as const satisfies WireDelivery
}

/** A deleted post. */
export function postDeleteBody(post: { readonly id: string; readonly authorId: string }, at: number) {
  const event = { status: { id: post.id, user_id: post.authorId }, timestamp_ms: String(at) }
  return { tweet_delete_events: [event] } as const satisfies WireDelivery
}

/** A like. */
export interface LikeRecord {
  /** 32 hexadecimal digits. */
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** The user who likes the post. */
  readonly user: UserProfile
  readonly post: PostRecord
}

/** A like. */
export function favoriteBody({ id, at, user, post }: LikeRecord) {
  const event = {
    id,
    created_at: v1Date(at),
    timestamp_ms: at,
    favorited_status: nestedPostPayload(post),
    user: userPayload(user),
  }
  return { favorite_events: [event] } as const satisfies WireDelivery
}

/** What a user did to another one. */
export interface RelationRecord {
  /** Milliseconds since 1970. */
  readonly at: number
  /** The user who did it. */
  readonly source: UserProfile
  /** The user that it was done to. */
  readonly target: UserProfile
}

/** A follow, or the end of one. Both are in the same array; `type` says which it is. */
export function followBody<Type extends 'follow' | 'unfollow'>(type: Type, relation: RelationRecord) {
  return { follow_events: [{ type, ...relationPayload(relation) }] } as const satisfies WireDelivery
}

/** A block, or the end of one. */
export function blockBody<Type extends 'block' | 'unblock'>(type: Type, relation: RelationRecord) {
  return { block_events: [{ type, ...relationPayload(relation) }] } as const satisfies WireDelivery
}

/** A mute, or the end of one. */
export function muteBody<Type extends 'mute' | 'unmute'>(type: Type, relation: RelationRecord) {
  return { mute_events: [{ type, ...relationPayload(relation) }] } as const satisfies WireDelivery
}

function relationPayload({ at, source, target }: RelationRecord): Required<WireRelation> {
  return { created_timestamp: String(at), target: eventUserPayload(target), source: eventUserPayload(source) }
}

/** A user revoked the access of an app. */
export interface RevokeRecord {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly userId: string
  readonly appId: string
}

/** A user revoked the access of an app. It is the whole body: X sends no `for_user_id`. */
export function userRevokeBody({ at, userId, appId }: RevokeRecord) {
  return {
    user_event: {
      revoke: { date_time: revokeDate(at), target: { app_id: appId }, source: { user_id: userId } },
    },
  } as const satisfies WireDelivery
}

/** A replay job has ended. It is the whole body: X sends no `for_user_id`. */
export function replayJobStatusBody(job: {
  readonly webhookId: string
  readonly jobId: string
  readonly isComplete: boolean
}) {
  return {
    replay_job_status: {
      webhook_id: job.webhookId,
      job_state: job.isComplete ? 'Complete' : 'Incomplete',
      job_state_description: job.isComplete
        ? 'Job completed successfully'
        : 'Job failed to deliver all events, please retry your replay job',
      job_id: job.jobId,
    },
  } as const satisfies WireDelivery
}
