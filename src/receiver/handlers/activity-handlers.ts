import type { Activity, ActivityKind, ActivityOf } from '../../events/activities/activity.ts'
import type { HandlerContext } from './handler.ts'

/** Handles an activity. It counts as handled when the function returns, or when its promise resolves. */
export type ActivityHandler<A extends Activity = Activity> = (activity: A, context: HandlerContext) => unknown

type For<Kind extends ActivityKind> = ActivityHandler<ActivityOf<Kind>> | undefined

/**
 * A handler for each kind of activity that you are interested in. It is called whichever API delivers the activity: the
 * Account Activity API or the X Activity API.
 */
export interface ActivityHandlers {
  /** The account posted, and it is not a reply, a quote or a repost. */
  readonly post?: For<'post'>
  /** Another user named the account in a post that is not a reply, a quote or a repost. */
  readonly mention?: For<'mention'>
  /**
   * A post is a reply: by the account (`direction` is `outgoing`), or by another user to the account (`incoming`). A bot that
   * answers must check for `incoming`: otherwise it answers its own replies.
   */
  readonly reply?: For<'reply'>
  /** A post quotes another one: by the account (`outgoing`), or by another user (`incoming`). */
  readonly quote?: For<'quote'>
  /** A post was reposted: by the account (`outgoing`), or by another user (`incoming`). */
  readonly repost?: For<'repost'>
  /** The account deleted one of its posts. */
  readonly post_delete?: For<'post_delete'>
  /** A post was liked: by the account (`outgoing`), or one of its posts by another user (`incoming`). */
  readonly like?: For<'like'>
  /** The account followed another one (`outgoing`), or was followed (`incoming`). */
  readonly follow?: For<'follow'>
  /** The account unfollowed another one (`outgoing`), or was unfollowed (`incoming`). */
  readonly unfollow?: For<'unfollow'>
  /** The account blocked another one. */
  readonly block?: For<'block'>
  /** The account unblocked another one. */
  readonly unblock?: For<'unblock'>
  /** The account muted another one. */
  readonly mute?: For<'mute'>
  /** The account unmuted another one. */
  readonly unmute?: For<'unmute'>
  /**
   * A direct message was received (`incoming`) or sent (`outgoing`). A bot that answers must check for `incoming`: otherwise
   * it answers its own messages. Encrypted messages are not among them.
   */
  readonly message?: For<'message'>
  /** Another user is typing a direct message to the account. */
  readonly typing?: For<'typing'>
  /** Another user has read the direct messages of the account. */
  readonly read?: For<'read'>
  /** A user revoked the access of your app. Delete the access token of the user, which X no longer accepts. */
  readonly revoke?: For<'revoke'>
}
