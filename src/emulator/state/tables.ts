import type { Entities } from '../../payloads/entities.ts'
import type { MediaRecord } from '../../payloads/post-record.ts'
import type { EventLog, Message } from './event-log.ts'
import type { Permissions, Scope } from './permissions.ts'

// Every time in the tables is in milliseconds since 1970, on the clock of the emulator.

/** An app of the developer portal. */
export interface AppState {
  readonly id: string
  readonly name: string
  readonly url: string
  /** The id of the user who owns the app. The limits count for all apps of one owner together. */
  readonly ownerId: string
  readonly consumerKey: string
  readonly consumerSecret: string
  /** The OAuth 2.0 client secret. X signs with both secrets when the app has one. */
  clientSecret?: string
  /** The last bearer token that was issued. It may have been invalidated. */
  bearerToken: string
  /** The number of bearer tokens that were issued. */
  bearerTokens: number
  /** The permissions of the tokens that users grant from now on. */
  permissions: Permissions
  /** Whether the account of the app has access to the API. */
  enrolled: boolean
  /** The ids of the users whose subscriptions the app may not access. */
  readonly deniedUsers: Set<string>
}

/** The tokens that an app receives when a user authorises it. */
export interface UserTokens {
  /** The OAuth 1.0a access token. */
  readonly accessToken: string
  /** The secret of `accessToken`. */
  readonly accessTokenSecret: string
  /**
   * The OAuth 2.0 user access token, valid for two hours on the emulator's clock. It has all scopes, unless `authorize()`
   * was called with others.
   */
  readonly oauth2Token: string
}

/** The access that a user granted to an app. */
export interface Grant extends UserTokens {
  readonly appId: string
  readonly userId: string
  /** The permissions of the OAuth 1.0a access token. */
  readonly permissions: Permissions
  /** The scopes of the OAuth 2.0 access token. */
  readonly scopes: readonly Scope[]
}

/** A request token of the three-legged flow. The app sends the user to X with it. */
export interface RequestToken {
  readonly token: string
  readonly secret: string
  readonly appId: string
  /** The callback URL, or `oob` for a PIN. */
  readonly callback: string
  /** The permissions that the app asked for. Absent when the settings of the app apply. */
  readonly permissions?: Permissions
  readonly createdAt: number
  /** The user who authorised the app, and the verifier that proves it. Absent until then. */
  authorized?: { readonly userId: string; readonly verifier: string }
}

/** A code of OAuth 2.0: a user has allowed a sign-in, and the app has not exchanged the code. */
export interface OAuth2Code {
  readonly code: string
  readonly appId: string
  readonly userId: string
  readonly redirectUri: string
  /** The PKCE challenge. */
  readonly challenge: string
  /** Whether the challenge is the verifier itself. Otherwise it is the SHA-256 of it. */
  readonly isPlain: boolean
  readonly scopes: readonly Scope[]
  readonly createdAt: number
}

/** The tokens of a sign-in with OAuth 2.0, or the OAuth 2.0 access token of a grant. */
export interface OAuth2Session {
  readonly accessToken: string
  /** Absent without the scope `offline.access`, and for the token of a grant. */
  readonly refreshToken?: string
  readonly appId: string
  readonly userId: string
  readonly scopes: readonly Scope[]
  /** When the access token expires. */
  readonly expiresAt: number
}

export interface UserState {
  readonly id: string
  screenName: string
  name: string
  description: string
  location: string
  url: string
  /** The address of the profile image. Empty for the image of X. */
  profileImage: string
  /** The address of the wide image. Empty when there is none. */
  banner: string
  readonly protected: boolean
  readonly verified: boolean
  readonly createdAt: number
  /** The ids of the users that this user follows. */
  readonly following: Set<string>
  readonly followers: Set<string>
  readonly blocking: Set<string>
  readonly muting: Set<string>
  /** The ids of the posts that the user likes. */
  readonly likes: Set<string>
  /** The ids of the posts that the user reposted. */
  readonly reposts: Set<string>
  /** The number of posts, reposts included. */
  posts: number
  /** The number of times the user has authorised an app or received another OAuth 2.0 token. It makes each token unique. */
  authorizations: number
}

export interface WebhookState {
  readonly id: string
  readonly appId: string
  readonly url: string
  /** The label of the premium environment of the webhook. Webhooks of v2 and of enterprise have none. */
  readonly environment?: string
  /** Whether the webhook was registered with version 1.1: enterprise or premium. */
  readonly isVersion1: boolean
  readonly createdAt: number
  valid: boolean
  /** When the webhook last passed a challenge. */
  validatedAt: number
  /** The ids of the subscribed users. */
  readonly subscribers: Set<string>
  /** The events that a replay job can deliver again. */
  readonly log: EventLog
  /** Whether a replay job is running. */
  replaying: boolean
  /** The link to the filtered stream. Absent when there is none. */
  streamLink?: StreamLink
}

/** A link from a webhook to the filtered stream: the webhook receives the posts that match a rule of the app. */
export interface StreamLink {
  readonly createdAt: number
  /** The parameters of the stream, in the form in which X lists them. */
  readonly fields: readonly string[]
}

export interface PostState {
  readonly id: string
  readonly userId: string
  readonly createdAt: number
  /** The whole text. The indices of `entities` refer to it. */
  readonly text: string
  readonly entities: Entities
  readonly lang: string
  /** The id of the app that the post was written with. Absent for X's own. */
  readonly appId?: string
  /** The photos, videos and GIFs. Their link is the end of the text. Absent when there are none. */
  readonly media?: readonly MediaRecord[]
  /** Where the displayed part of the text begins: after the handles that X puts in front of a reply. */
  readonly shownFrom: number
  /** The post and the user that are replied to. `postId` is `null` for a post that begins with a handle. */
  readonly inReplyTo?: { readonly postId: string | null; readonly userId: string }
  /** The id of the quoted post. */
  readonly quotes?: string
  /** The id of the reposted post. */
  readonly reposts?: string
  deleted: boolean
  /** How often others liked, reposted and quoted the post, and replied to it. */
  likes: number
  reposted: number
  quoted: number
  replies: number
}

export interface MessageState {
  readonly id: string
  readonly senderId: string
  readonly recipientId: string
}

/** A Space or a live video. */
export interface BroadcastState {
  /** Letters and digits. */
  readonly id: string
  readonly kind: 'space' | 'broadcast'
  /** The id of the host. */
  readonly userId: string
  /** Empty for a Space. */
  readonly title: string
  readonly createdAt: number
  /** Absent until it ends. */
  endedAt?: number
}

/** A subscription to an event type of the X Activity API. */
export interface ActivitySubscription {
  readonly id: string
  /** The app that receives the events. */
  readonly appId: string
  /** The id of the user whose token created the subscription. Absent when the bearer token of the app did. */
  readonly createdBy?: string
  /** The event type in X's form: `post.mention.create`. */
  readonly eventType: string
  readonly filter: ActivityFilter
  /** The webhook that receives the events. It may have been deleted. Absent when only streams receive them. */
  webhookId?: string
  /** The text that each delivery repeats. */
  tag?: string
  readonly createdAt: number
  updatedAt: number
  /** Absent when the subscription does not end. */
  expiresAt?: number
}

/** What an activity subscription is limited to: the events of a user, or news about a keyword. */
export interface ActivityFilter {
  /** The id of a user of X. The emulator may not have the user. */
  readonly userId?: string
  readonly keyword?: string
  /** `outbound` for what the user does, `inbound` for what is done to the user. Absent for both. */
  readonly direction?: ActivityDirection
  /** Further conditions by name. */
  readonly qualifiers?: ReadonlyMap<string, string>
}

/** Who acts: the user of the filter (`outbound`), or another user (`inbound`). */
export type ActivityDirection = 'inbound' | 'outbound'

/** A delivery that X will attempt again. */
export interface RetryState {
  readonly id: string
  /** When the next attempt is due. */
  readonly at: number
  /** The webhook may have been deleted by then. */
  readonly webhookId: string
  readonly message: Message
  /** The number of the next attempt. */
  readonly attempt: number
}

/** A replay job that X has accepted and not started. */
export interface ReplayState {
  readonly id: string
  /** When the job starts to deliver. */
  readonly at: number
  /** The webhook may have been deleted by then. */
  readonly webhookId: string
  readonly window: ReplayWindow
  /** Whether the job delivers the events of all APIs. Otherwise it delivers those of the Account Activity API only. */
  readonly allApis: boolean
}

/** A replay window: `from` is included, `to` is not. */
export interface ReplayWindow {
  readonly from: number
  readonly to: number
}

/** The events of the X Activity API that an app received, for streams that ask for a time in the past. */
export interface ActivityLog {
  readonly appId: string
  readonly log: EventLog
}

/** A rule of the filtered stream of an app. */
export interface StreamRuleState {
  readonly id: string
  readonly appId: string
  readonly value: string
  /** Absent when the rule has none. */
  readonly tag?: string
}

/** Everything the platform knows. Each table is keyed by the id of its rows, unless its comment says otherwise. */
export interface Tables {
  readonly apps: Map<string, AppState>
  readonly users: Map<string, UserState>
  readonly webhooks: Map<string, WebhookState>
  readonly posts: Map<string, PostState>
  readonly messages: Map<string, MessageState>
  /** The Spaces and live videos. */
  readonly broadcasts: Map<string, BroadcastState>
  /** The subscriptions of the X Activity API, in the order in which they were created. */
  readonly activitySubscriptions: Map<string, ActivitySubscription>
  /** The deliveries that will be attempted again. */
  readonly retries: Map<string, RetryState>
  /** The replay jobs that have not started. */
  readonly replays: Map<string, ReplayState>
  /** Keyed by the id of the app and the id of the user, with a space between them. */
  readonly grants: Map<string, Grant>
  /** Keyed by the token. A row is removed when the token is used or has expired. */
  readonly requestTokens: Map<string, RequestToken>
  /** Keyed by the code. */
  readonly oauth2Codes: Map<string, OAuth2Code>
  /** Keyed by the access token. */
  readonly oauth2Sessions: Map<string, OAuth2Session>
  /** The id of the app for each valid bearer token. */
  readonly bearers: Map<string, string>
  /** The rules of the filtered stream, oldest first. */
  readonly rules: Map<string, StreamRuleState>
  /** Keyed by the id of the app. */
  readonly activityLogs: Map<string, ActivityLog>
}

/** Tables without rows. */
export function newTables(): Tables {
  return {
    apps: new Map(),
    users: new Map(),
    webhooks: new Map(),
    posts: new Map(),
    messages: new Map(),
    broadcasts: new Map(),
    activitySubscriptions: new Map(),
    retries: new Map(),
    replays: new Map(),
    grants: new Map(),
    requestTokens: new Map(),
    oauth2Codes: new Map(),
    oauth2Sessions: new Map(),
    bearers: new Map(),
    rules: new Map(),
    activityLogs: new Map(),
  }
}
