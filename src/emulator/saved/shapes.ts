import { type Entities, type MentionedUser, mentionOf } from '../../payloads/entities.ts'
import type { MediaRecord } from '../../payloads/post-record.ts'
import type { Counters } from '../state/counters.ts'
import { EventLog, type LoggedEvent, type Message } from '../state/event-log.ts'
import { allScopes, levels } from '../state/permissions.ts'
import type {
  ActivityFilter,
  ActivityLog,
  ActivitySubscription,
  AppState,
  BroadcastState,
  Grant,
  MessageState,
  OAuth2Code,
  OAuth2Session,
  PostState,
  ReplayState,
  ReplayWindow,
  RequestToken,
  RetryState,
  StreamLink,
  StreamRuleState,
  Tables,
  UserState,
  WebhookState,
} from '../state/tables.ts'
import * as c from './codec.ts'

// One codec for each row type of the tables. A member that is added to a row type and not here is a type error in this
// file: decide whether it is saved, and how.

const id = c.matching(/^\d{1,19}$/, 'an id of 1 to 19 digits')
const appId = refersTo('apps')
const userId = refersTo('users')
const userIds = c.setOf(userId)
const postIds = c.setOf(refersTo('posts'))
const indices = c.pair(c.wholeNumber, c.wholeNumber)

const app = c.object<AppState>({
  id,
  name: c.text,
  url: c.text,
  ownerId: userId,
  consumerKey: c.text,
  consumerSecret: c.text,
  clientSecret: c.optional(c.text),
  bearerToken: c.text,
  bearerTokens: c.wholeNumber,
  permissions: c.oneOf(...levels),
  enrolled: c.flag,
  deniedUsers: userIds,
})

const user = c.object<UserState>({
  id,
  screenName: c.matching(/^\w{1,15}$/, '1 to 15 letters, digits and underscores'),
  name: c.text,
  description: c.text,
  location: c.text,
  url: c.text,
  profileImage: c.text,
  banner: c.text,
  protected: c.flag,
  verified: c.flag,
  createdAt: c.wholeNumber,
  following: userIds,
  followers: userIds,
  blocking: userIds,
  muting: userIds,
  likes: postIds,
  reposts: postIds,
  posts: c.wholeNumber,
  authorizations: c.wholeNumber,
})

const message = c.object<Message>({
  api: c.oneOf('account_activity', 'activity', 'filtered_stream'),
  body: c.text,
  // A subscription of the X Activity API may name a user that the emulator does not have.
  forUserId: c.optional(id),
  subscriptionId: c.optional(id),
})

const loggedEvent = c.object<LoggedEvent>({ occurredAt: c.wholeNumber, message })

const eventLog = c.mapped(
  c.list(loggedEvent),
  (log: EventLog) => log.events,
  (events) => new EventLog(events),
)

const webhook = c.object<WebhookState>({
  id,
  appId,
  url: c.text,
  environment: c.optional(c.text),
  isVersion1: c.flag,
  createdAt: c.wholeNumber,
  valid: c.flag,
  validatedAt: c.wholeNumber,
  subscribers: userIds,
  log: eventLog,
  replaying: c.transient(() => false),
  streamLink: c.optional(c.object<StreamLink>({ createdAt: c.wholeNumber, fields: c.list(c.text) })),
})

type Mention = Entities['user_mentions'][number]

const tags = c.list(c.object<Entities['hashtags'][number]>({ text: c.text, indices }))

/** In the order of X. */
const entities = c.object<Entities>({
  hashtags: tags,
  urls: c.list(
    c.object<Entities['urls'][number]>({
      url: c.text,
      expanded_url: c.optional(c.nullable(c.text)),
      display_url: c.optional(c.text),
      indices,
    }),
  ),
  // The other members of a mention follow from these.
  user_mentions: c.list(
    c.mapped(
      c.object<MentionedUser & Pick<Mention, 'indices'>>({ id, screenName: c.text, name: c.text, indices }),
      ({ id_str, screen_name, name, indices }) => ({
        id: id_str,
        screenName: screen_name ?? '',
        name: name ?? '',
        indices,
      }),
      ({ indices, ...user }) => mentionOf(user, indices),
    ),
  ),
  symbols: tags,
})

const media = c.object<MediaRecord>({
  id,
  type: c.oneOf('photo', 'video', 'animated_gif'),
  image: c.text,
  video: c.optional(c.text),
  size: indices,
  durationMs: c.optional(c.wholeNumber),
  altText: c.optional(c.text),
  url: c.text,
  pageUrl: c.text,
  indices,
})

const post = c.object<PostState>({
  id,
  userId,
  createdAt: c.wholeNumber,
  text: c.text,
  entities,
  lang: c.text,
  appId: c.optional(appId),
  media: c.optional(c.list(media)),
  shownFrom: c.wholeNumber,
  inReplyTo: c.optional(c.object<NonNullable<PostState['inReplyTo']>>({ postId: c.nullable(id), userId })),
  quotes: c.optional(refersTo('posts')),
  reposts: c.optional(refersTo('posts')),
  deleted: c.flag,
  likes: c.wholeNumber,
  reposted: c.wholeNumber,
  quoted: c.wholeNumber,
  replies: c.wholeNumber,
})

const directMessage = c.object<MessageState>({ id, senderId: userId, recipientId: userId })

const broadcast = c.object<BroadcastState>({
  id: c.matching(/^[A-Za-z0-9]+$/, 'letters and digits'),
  kind: c.oneOf('space', 'broadcast'),
  userId,
  title: c.text,
  createdAt: c.wholeNumber,
  endedAt: c.optional(c.wholeNumber),
})

const activitySubscription = c.object<ActivitySubscription>({
  id,
  appId,
  createdBy: c.optional(userId),
  eventType: c.text,
  filter: c.object<ActivityFilter>({
    userId: c.optional(id),
    keyword: c.optional(c.text),
    direction: c.optional(c.oneOf('inbound', 'outbound')),
    qualifiers: c.optional(c.mapOf(c.text)),
  }),
  webhookId: c.optional(id),
  tag: c.optional(c.text),
  createdAt: c.wholeNumber,
  updatedAt: c.wholeNumber,
  expiresAt: c.optional(c.wholeNumber),
})

const retry = c.object<RetryState>({ id, at: c.wholeNumber, webhookId: id, message, attempt: c.wholeNumber })

const replay = c.object<ReplayState>({
  id,
  at: c.wholeNumber,
  webhookId: id,
  window: c.object<ReplayWindow>({ from: c.wholeNumber, to: c.wholeNumber }),
  allApis: c.flag,
})

const grant = c.object<Grant>({
  appId,
  userId,
  accessToken: c.text,
  accessTokenSecret: c.text,
  oauth2Token: c.text,
  permissions: c.oneOf(...levels),
  scopes: c.list(c.oneOf(...allScopes)),
})

const requestToken = c.object<RequestToken>({
  token: c.text,
  secret: c.text,
  appId,
  callback: c.text,
  permissions: c.optional(c.oneOf(...levels)),
  createdAt: c.wholeNumber,
  authorized: c.optional(c.object<NonNullable<RequestToken['authorized']>>({ userId, verifier: c.text })),
})

const oauth2Code = c.object<OAuth2Code>({
  code: c.text,
  appId,
  userId,
  redirectUri: c.text,
  challenge: c.text,
  isPlain: c.flag,
  scopes: c.list(c.oneOf(...allScopes)),
  createdAt: c.wholeNumber,
})

const oauth2Session = c.object<OAuth2Session>({
  accessToken: c.text,
  refreshToken: c.optional(c.text),
  appId,
  userId,
  scopes: c.list(c.oneOf(...allScopes)),
  expiresAt: c.wholeNumber,
})

const rule = c.object<StreamRuleState>({ id, appId, value: c.text, tag: c.optional(c.text) })

const activityLog = c.object<ActivityLog>({ appId, log: eventLog })

export const tablesCodec: c.Codec<Tables> = c.object<Tables>({
  apps: c.tableOf(app, ({ id }) => id),
  users: c.tableOf(user, ({ id }) => id),
  webhooks: c.tableOf(webhook, ({ id }) => id),
  posts: c.tableOf(post, ({ id }) => id),
  messages: c.tableOf(directMessage, ({ id }) => id),
  broadcasts: c.tableOf(broadcast, ({ id }) => id),
  activitySubscriptions: c.tableOf(activitySubscription, ({ id }) => id),
  retries: c.tableOf(retry, ({ id }) => id),
  replays: c.tableOf(replay, ({ id }) => id),
  grants: c.tableOf(grant, ({ appId, userId }) => `${appId} ${userId}`),
  requestTokens: c.tableOf(requestToken, ({ token }) => token),
  oauth2Codes: c.tableOf(oauth2Code, ({ code }) => code),
  oauth2Sessions: c.tableOf(oauth2Session, ({ accessToken }) => accessToken),
  bearers: c.mapOf(appId),
  rules: c.tableOf(rule, ({ id }) => id),
  activityLogs: c.tableOf(activityLog, ({ appId }) => appId),
})

export const countersCodec: c.Codec<Counters> = c.object<Counters>({
  seed: c.text,
  ahead: c.wholeNumber,
  lastId: id,
  ids: c.wholeNumber,
  crcTokens: c.wholeNumber,
  requestTokens: c.wholeNumber,
  oauth2Tokens: c.wholeNumber,
  links: c.wholeNumber,
  activities: c.wholeNumber,
  connections: c.wholeNumber,
  retries: c.wholeNumber,
  nextCrcCheckAt: c.optional(c.wholeNumber),
  lastTimestamps: c.mapOf(c.wholeNumber),
  faultDraws: c.mapOf(c.wholeNumber),
})

/** An id that must exist in a table. */
function refersTo(table: keyof Tables): c.Codec<string> {
  return c.mapped(
    id,
    (value) => value,
    (value, path) => {
      path.refer(table, value)
      return value
    },
  )
}
