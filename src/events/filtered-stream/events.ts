import type { EventBase } from '../event-base.ts'
import type { XActivityIncludes } from '../x-activity/wire/envelope.ts'
import type { WireV2Post } from '../x-activity/wire/post.ts'

/** A rule that a post matches. */
export interface WireMatchingRule {
  /** The id of the rule: digits in a string. */
  readonly id: string
  /** The tag of the rule. Empty or absent when it has none. */
  readonly tag?: string
  /** How near the post is to the text of an `embedding:` rule. */
  readonly embedding_similarity?: number
  /** How near it must be. */
  readonly embedding_threshold?: number
}

/**
 * A post matches rules of a filtered stream that is linked to the webhook. X sends it once, whatever the number of rules.
 * An edited post is another post: the first of its `edit_history_tweet_ids` is the same.
 *
 * @see https://docs.x.com/x-api/webhooks/stream/introduction
 */
export interface FilteredPostEvent extends EventBase<'filtered_post', WireV2Post> {
  /** The id of the post: digits in a string. */
  readonly postId: string
  /** The rules that the post matches. */
  readonly matchingRules: readonly WireMatchingRule[]
  /** The users, posts and media that the link asks for. Absent when X sent none. */
  readonly includes?: XActivityIncludes
  /** `true` when the post comes from a replay job. Absent otherwise. */
  readonly isReplay?: boolean
}
