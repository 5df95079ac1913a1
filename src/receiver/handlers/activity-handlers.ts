import type { Activity, ActivityOf } from '../../events/activities/activity.ts'
import type { HandlerContext } from './handler.ts'

/** Handles an activity. It counts as handled when the function returns, or when its promise resolves. */
export type ActivityHandler<A extends Activity = Activity> = (activity: A, context: HandlerContext) => unknown

/**
 * A handler for each kind of activity that you are interested in. It is called whichever API delivers the activity: the
 * Account Activity API or the X Activity API.
 */
export interface ActivityHandlers {
  /** The account posted, and it is not a reply, a quote or a repost. */
  readonly post?: ActivityHandler<ActivityOf<'post'>> | undefined
  /** Another user named the account in a post that is not a reply, a quote or a repost. */
  readonly mention?: ActivityHandler<ActivityOf<'mention'>> | undefined
  /**
   * A post is a reply: by the account (`direction` is `outgoing`), or by another user to the account (`incoming`). A bot that
   * answers must check for `incoming`: otherwise it answers its own replies.
   */
  readonly reply?: ActivityHandler<ActivityOf<'reply'>> | undefined
  /** A post quotes another one: by the account (`outgoing`), or by another user (`incoming`). */
  readonly quote?: ActivityHandler<ActivityOf<'quote'>> | undefined
  /** A post was reposted: by the account (`outgoing`), or by another user (`incoming`). */
  readonly repost?: ActivityHandler<ActivityOf<'repost'>> | undefined
  /** The account deleted one of its posts. */
  readonly post_delete?: ActivityHandler<ActivityOf<'post_delete'>> | undefined
  /** A post was liked: by the account (`outgoing`), or one of its posts by another user (`incoming`). */
  readonly like?: ActivityHandler<ActivityOf<'like'>> | undefined
  /** The account followed another one (`outgoing`), or was followed (`incoming`). */
  readonly follow?: ActivityHandler<ActivityOf<'follow'>> | undefined
  /** The account unfollowed another one (`outgoing`), or was unfollowed (`incoming`). */
  readonly unfollow?: ActivityHandler<ActivityOf<'unfollow'>> | undefined
  /** The account blocked another one. */
  readonly block?: ActivityHandler<ActivityOf<'block'>> | undefined
  /** The account unblocked another one. */
  readonly unblock?: ActivityHandler<ActivityOf<'unblock'>> | undefined
  /** The account muted another one. */
  readonly mute?: ActivityHandler<ActivityOf<'mute'>> | undefined
  /** The account unmuted another one. */
  readonly unmute?: ActivityHandler<ActivityOf<'unmute'>> | undefined
  /**
   * A direct message was received (`incoming`) or sent (`outgoing`). A bot that answers must check for `incoming`: otherwise
   * it answers its own messages. Encrypted messages are not among them.
   */
  readonly message?: ActivityHandler<ActivityOf<'message'>> | undefined
  /** Another user is typing a direct message to the account. */
  readonly typing?: ActivityHandler<ActivityOf<'typing'>> | undefined
  /** Another user has read the direct messages of the account. */
  readonly read?: ActivityHandler<ActivityOf<'read'>> | undefined
  /** A user revoked the access of your app. Delete the access token of the user, which X no longer accepts. */
  readonly revoke?: ActivityHandler<ActivityOf<'revoke'>> | undefined
}
