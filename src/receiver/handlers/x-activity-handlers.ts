import type { EventOf } from '../../events/events.ts'
import type { Handler } from './handler.ts'

/** A handler for each type of event of the X Activity API, and for the posts of filtered streams. */
export interface XActivityHandlers {
  /**
   * The account posted, replied, quoted or reposted. X's subscription needs no user token.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'post.create'?: Handler<EventOf<'post.create'>> | undefined
  /**
   * Another account mentioned the account in the text of a post. X does not send it for the mentions that a reply has
   * without writing them, or for reposts.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'post.mention.create'?: Handler<EventOf<'post.mention.create'>> | undefined
  /**
   * Another account replied directly to a post of the account.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'post.reply.create'?: Handler<EventOf<'post.reply.create'>> | undefined
  /**
   * Another account quoted a post of the account.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'post.quote.create'?: Handler<EventOf<'post.quote.create'>> | undefined
  /**
   * Another account reposted a post of the account.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'post.repost.create'?: Handler<EventOf<'post.repost.create'>> | undefined
  /**
   * The account deleted one of its posts. X sends no time.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'post.delete'?: Handler<EventOf<'post.delete'>> | undefined
  /**
   * The account liked a post (`direction` is `outgoing`), or one of its posts was liked (`incoming`). X's payload
   * does not name who likes it: see `userId`.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'like.create'?: Handler<EventOf<'like.create'>> | undefined
  /**
   * The account followed another one (`direction` is `outgoing`), or was followed (`incoming`). X sends no time.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'follow.follow'?: Handler<EventOf<'follow.follow'>> | undefined
  /**
   * The account unfollowed another one (`direction` is `outgoing`), or was unfollowed (`incoming`). X sends no time.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'follow.unfollow'?: Handler<EventOf<'follow.unfollow'>> | undefined
  /**
   * The account blocked another one. X does not send it when the account is blocked.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'block.block'?: Handler<EventOf<'block.block'>> | undefined
  /**
   * The account unblocked another one.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'block.unblock'?: Handler<EventOf<'block.unblock'>> | undefined
  /**
   * The account muted another one. X does not send it when the account is muted.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'mute.mute'?: Handler<EventOf<'mute.mute'>> | undefined
  /**
   * The account unmuted another one.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'mute.unmute'?: Handler<EventOf<'mute.unmute'>> | undefined
  /**
   * A creator subscription of the account began. No delivery is known: the form is that of X's schema.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'subscriptions.subscribe'?: Handler<EventOf<'subscriptions.subscribe'>> | undefined
  /**
   * A creator subscription of the account ended. No delivery is known: the form is that of X's schema.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'subscriptions.unsubscribe'?: Handler<EventOf<'subscriptions.unsubscribe'>> | undefined
  /**
   * The account received a direct message that is not encrypted. Encrypted ones are `chat.received`.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'dm.received'?: Handler<EventOf<'dm.received'>> | undefined
  /**
   * The account sent a direct message that is not encrypted, also by your own app. A bot that answers handles
   * `dm.received` only.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'dm.sent'?: Handler<EventOf<'dm.sent'>> | undefined
  /**
   * Another account has read direct messages of the account. No delivery is known: the form is inferred.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'dm.read'?: Handler<EventOf<'dm.read'>> | undefined
  /**
   * Another account is typing a direct message to the account. No delivery is known: the form is inferred.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'dm.indicate_typing'?: Handler<EventOf<'dm.indicate_typing'>> | undefined
  /**
   * The account received an encrypted message. Its content can be read only with the keys of the conversation.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'chat.received'?: Handler<EventOf<'chat.received'>> | undefined
  /**
   * The account sent an encrypted message. Its content can be read only with the keys of the conversation.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'chat.sent'?: Handler<EventOf<'chat.sent'>> | undefined
  /**
   * An account joined an encrypted group. No delivery is known: the form is inferred.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'chat.conversation.join'?: Handler<EventOf<'chat.conversation.join'>> | undefined
  /**
   * An account was added to an encrypted group. No delivery is known: the form is inferred.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'chat.conversation.member_added'?: Handler<EventOf<'chat.conversation.member_added'>> | undefined
  /**
   * An account was removed from an encrypted group. No delivery is known: the form is inferred.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'chat.conversation.member_removed'?: Handler<EventOf<'chat.conversation.member_removed'>> | undefined
  /**
   * An account became an admin of an encrypted group. No delivery is known: the form is inferred.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'chat.conversation.admin_added'?: Handler<EventOf<'chat.conversation.admin_added'>> | undefined
  /**
   * An account is not an admin of an encrypted group any more. No delivery is known: the form is inferred.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'chat.conversation.admin_removed'?: Handler<EventOf<'chat.conversation.admin_removed'>> | undefined
  /**
   * The name of an encrypted group was changed. No delivery is known: the form is inferred.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'chat.update.group_name'?: Handler<EventOf<'chat.update.group_name'>> | undefined
  /**
   * The restrictions of an encrypted group were changed. No delivery is known: the form is inferred.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'chat.update.restrictions'?: Handler<EventOf<'chat.update.restrictions'>> | undefined
  /**
   * The account changed the text of its profile.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'profile.update.bio'?: Handler<EventOf<'profile.update.bio'>> | undefined
  /**
   * The account changed its picture. `before` and `after` are addresses.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'profile.update.profile_picture'?: Handler<EventOf<'profile.update.profile_picture'>> | undefined
  /**
   * The account changed the wide picture of its profile. `before` and `after` are addresses.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'profile.update.banner_picture'?: Handler<EventOf<'profile.update.banner_picture'>> | undefined
  /**
   * The account changed the name that its profile shows. The handle is `profile.update.handle`.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'profile.update.screenname'?: Handler<EventOf<'profile.update.screenname'>> | undefined
  /**
   * The account changed the place of its profile.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'profile.update.geo'?: Handler<EventOf<'profile.update.geo'>> | undefined
  /**
   * The account changed the link of its profile.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'profile.update.url'?: Handler<EventOf<'profile.update.url'>> | undefined
  /**
   * The account changed its handle. No delivery is known.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'profile.update.handle'?: Handler<EventOf<'profile.update.handle'>> | undefined
  /**
   * The badge of the account changed. No delivery is known.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'profile.update.verified_badge'?: Handler<EventOf<'profile.update.verified_badge'>> | undefined
  /**
   * The organization badge of the account changed. No delivery is known.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'profile.update.affiliate_badge'?: Handler<EventOf<'profile.update.affiliate_badge'>> | undefined
  /**
   * The account began a Space.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'spaces.start'?: Handler<EventOf<'spaces.start'>> | undefined
  /**
   * The account ended a Space.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'spaces.end'?: Handler<EventOf<'spaces.end'>> | undefined
  /**
   * The account began a live video.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'broadcast.start'?: Handler<EventOf<'broadcast.start'>> | undefined
  /**
   * The account ended a live video.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'broadcast.end'?: Handler<EventOf<'broadcast.end'>> | undefined
  /**
   * A user wrote a chat message in a live video of the account.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'broadcast.chat'?: Handler<EventOf<'broadcast.chat'>> | undefined
  /**
   * A chat message in a live video of the account was removed. No delivery is known, so the payload is not typed.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'broadcast.chat.remove'?: Handler<EventOf<'broadcast.chat.remove'>> | undefined
  /**
   * There is news about the keyword of the subscription. X sends it to its larger customers only.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'news.new'?: Handler<EventOf<'news.new'>> | undefined
  /**
   * A user revoked the access of your app. Delete the access token of the user, which X no longer accepts.
   *
   * @see https://docs.x.com/x-api/activity/introduction
   */
  readonly 'oauth.revoke'?: Handler<EventOf<'oauth.revoke'>> | undefined
  /**
   * A post matches rules of a filtered stream that is linked to the webhook. `matchingRules` says which.
   *
   * @see https://docs.x.com/x-api/webhooks/stream/introduction
   */
  readonly filtered_post?: Handler<EventOf<'filtered_post'>> | undefined
}
