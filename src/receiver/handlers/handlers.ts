import type { EventOf } from '../../events/events.ts'
import type { Handler } from './handler.ts'
import type { XActivityHandlers } from './x-activity-handlers.ts'

/** A handler for each type of event that you are interested in, and `any` for every event, unknown ones included. */
export interface Handlers extends XActivityHandlers {
  /**
   * A post was created that concerns the subscribed account.
   *
   * X sends it when the subscribed account posts, replies, quotes or reposts (`direction` is `outgoing`), and when
   * another account mentions it, replies to it, or quotes or reposts one of its posts (`incoming`). X does not send the
   * home timeline of the account, reposts of posts that only mention it, or mentions in protected posts that it cannot
   * see.
   *
   * `classifyPost(event.payload, event.forUserId)` returns which of these it is: a mention is `'mention'`.
   * `fullText(event.payload)` returns the whole text.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly tweet_create?: Handler<EventOf<'tweet_create'>> | undefined
  /**
   * The subscribed account deleted one of its posts.
   *
   * X sends it for posts of the subscribed account only, so `direction` is `outgoing`. The content of the post is not
   * part of it.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly tweet_delete?: Handler<EventOf<'tweet_delete'>> | undefined
  /**
   * A post was liked.
   *
   * X sends it when the subscribed account likes a post (`direction` is `outgoing`), and when another account likes a
   * post of the subscribed account (`incoming`). X sends no event when a like is removed.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly favorite?: Handler<EventOf<'favorite'>> | undefined
  /**
   * An account followed another one.
   *
   * X sends it when the subscribed account follows an account (`direction` is `outgoing`), and when another account
   * follows the subscribed account (`incoming`).
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly follow?: Handler<EventOf<'follow'>> | undefined
  /**
   * An account unfollowed another one. On the wire it is an element of `follow_events` with the type `unfollow`.
   *
   * X sends it when the subscribed account unfollows an account (`direction` is `outgoing`). X's v2 documentation also
   * names the opposite direction (`incoming`), of which no delivery is known.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly unfollow?: Handler<EventOf<'unfollow'>> | undefined
  /**
   * An account blocked another one.
   *
   * X sends it when the subscribed account blocks an account (`direction` is `outgoing`). X's v2 documentation also names
   * the opposite direction (`incoming`), of which no delivery is known.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly block?: Handler<EventOf<'block'>> | undefined
  /**
   * An account unblocked another one. On the wire it is an element of `block_events` with the type `unblock`.
   *
   * X sends it when the subscribed account unblocks an account (`direction` is `outgoing`). X's v2 documentation also
   * names the opposite direction (`incoming`), of which no delivery is known.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly unblock?: Handler<EventOf<'unblock'>> | undefined
  /**
   * An account muted another one.
   *
   * X sends it when the subscribed account mutes an account (`direction` is `outgoing`). X's v2 documentation also names
   * the opposite direction (`incoming`), of which no delivery is known.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly mute?: Handler<EventOf<'mute'>> | undefined
  /**
   * An account unmuted another one. On the wire it is an element of `mute_events` with the type `unmute`.
   *
   * X sends it when the subscribed account unmutes an account (`direction` is `outgoing`). X's v2 documentation also
   * names the opposite direction (`incoming`), of which no delivery is known.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly unmute?: Handler<EventOf<'unmute'>> | undefined
  /**
   * A user revoked the access of your app.
   *
   * X sends it when the user removes the app from the account. X has already deleted the subscription. Delete the access
   * token of the user, which X no longer accepts. `direction` is `outgoing`. `forUserId` is absent; the account
   * is `userId`.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly user_revoke?: Handler<EventOf<'user_revoke'>> | undefined
  /**
   * A direct message was sent or received.
   *
   * X sends it for the messages that the subscribed account receives (`direction` is `incoming`) and for those that it
   * sends (`outgoing`), including those that your own app sends for it. A bot that answers must check for `incoming`:
   * otherwise it answers its own messages. X does not send messages of group conversations or encrypted messages.
   *
   * The text is `payload.message_create.message_data.text`; `unescapeText` returns it as people read it.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly direct_message?: Handler<EventOf<'direct_message'>> | undefined
  /**
   * Another account is typing a direct message to the subscribed account.
   *
   * X sends it to the recipient only, so `direction` is `incoming`.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly direct_message_indicate_typing?: Handler<EventOf<'direct_message_indicate_typing'>> | undefined
  /**
   * Another account has read the direct messages of the subscribed account.
   *
   * X sends it to the account that wrote the messages only, so `direction` is `incoming`. `payload.last_read_event_id` is
   * the last message that was read.
   *
   * @see https://docs.x.com/x-api/account-activity/introduction
   */
  readonly direct_message_mark_read?: Handler<EventOf<'direct_message_mark_read'>> | undefined
  /**
   * A replay job of your app has ended.
   *
   * X sends it to the webhook after the last event of the job. It is not about an account: `forUserId` and `direction`
   * are absent. `payload.job_state` is `Complete`, or `Incomplete` when X could not deliver all events of the job.
   *
   * @see https://docs.x.com/x-api/account-activity/quickstart
   */
  readonly replay_job_status?: Handler<EventOf<'replay_job_status'>> | undefined
  /**
   * Something that this package cannot read as one of the other events.
   *
   * It is an event of a type that this version does not know, an event without the members that its type requires
   * (`issues` says which), or an object that no API of X is known to send. Nothing that X sends is dropped: the content is
   * `payload`.
   */
  readonly unknown?: Handler<EventOf<'unknown'>> | undefined
  /** Every event, unknown ones included. It is called after the handlers of the type of the event. */
  readonly any?: Handler | undefined
}
