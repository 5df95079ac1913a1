import type { ReplayWindow } from '../replay/replay-window.ts'
import type { Entities } from './entities.ts'
import type { EventLog, Message } from './event-log.ts'
import type { Permissions, Scope } from './permissions.ts'

/** An app of the developer portal. */
export interface AppState {
  readonly id: string
  readonly name: string
  readonly url: string
  /** The account that the app, and its limits, belong to. */
  readonly ownerId: string
  readonly consumerKey: string
  readonly consumerSecret: string
  /** That of OAuth 2.0, where the app has it: X then signs with both. */
  clientSecret?: string
  /** The last of its bearer tokens, which may have been invalidated. */
  bearerToken: string
  /** How many bearer tokens it has had. */
  bearerTokens: number
  /** What the tokens may do that users give it from now on. */
  permissions: Permissions
  /** Whether its account has access to the API. */
  enrolled: boolean
  /** Ids of the users whose subscriptions it may not touch. */
  readonly deniedUsers: Set<string>
}

/** What an app gets from a user who authorises it. */
export interface UserTokens {
  /** The token of OAuth 1.0a. */
  readonly accessToken: string
  readonly accessTokenSecret: string
  /** The token of OAuth 2.0, with all scopes unless others were given. */
  readonly oauth2Token: string
}

/** What a user gave to an app. */
export interface Grant extends UserTokens {
  readonly appId: string
  readonly userId: string
  /** What the token of OAuth 1.0a may do. */
  readonly permissions: Permissions
  /** What the token of OAuth 2.0 may do. */
  readonly scopes: readonly Scope[]
}

/** What an app sends a user to X with, to be authorised. */
export interface RequestToken {
  readonly token: string
  readonly secret: string
  readonly appId: string
  /** A URL, or `oob` for a PIN. */
  readonly callback: string
  /** What the access token may do, where the app asked for other than its settings say. */
  readonly permissions?: Permissions
  readonly createdAt: number
  /** Who authorised the app, once somebody did, and what tells the app so. */
  authorized?: { readonly userId: string; readonly verifier: string }
}

export interface UserState {
  readonly id: string
  readonly screenName: string
  readonly name: string
  readonly description: string
  readonly location: string
  readonly url: string
  readonly protected: boolean
  readonly verified: boolean
  /** Milliseconds since 1970, as all times in the state. */
  readonly createdAt: number
  readonly following: Set<string>
  readonly followers: Set<string>
  readonly blocking: Set<string>
  readonly muting: Set<string>
  /** Ids of the posts that the user likes. */
  readonly likes: Set<string>
  /** Ids of the posts that the user reposted. */
  readonly reposts: Set<string>
  posts: number
  /** How often the user has authorised apps, so that no two tokens are the same. */
  authorizations: number
}

export interface WebhookState {
  readonly id: string
  readonly appId: string
  readonly url: string
  /** The label of the premium environment that it is bound to; webhooks of the other APIs have none. */
  readonly environment?: string
  readonly createdAt: number
  valid: boolean
  /** When it last passed a challenge. */
  validatedAt: number
  /** Ids of the users that are subscribed to it. */
  readonly subscribers: Set<string>
  /** What its replay jobs can bring back. */
  readonly log: EventLog
  /** Whether a replay job is under way. */
  replaying: boolean
  /** What X is to send it of the filtered stream, if anything. */
  streamLink?: StreamLink
}

/** A webhook that is linked to the filtered stream. The link is kept; nothing is sent, for nothing is filtered here. */
export interface StreamLink {
  readonly createdAt: number
  /** The parameters of the stream, as X lists them. */
  readonly fields: readonly string[]
}

export interface PostState {
  readonly id: string
  readonly userId: string
  readonly createdAt: number
  /** The whole text; `entities` are those of the whole text. */
  readonly text: string
  readonly entities: Entities
  readonly lang: string
  /** Where the shown part of the text begins: behind the name that an answer begins with. */
  readonly shownFrom: number
  readonly inReplyTo?: { readonly postId: string | null; readonly userId: string }
  readonly quotes?: string
  readonly reposts?: string
  deleted: boolean
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

/** A delivery that is to be tried again. */
export interface RetryState {
  readonly id: string
  readonly at: number
  /** The webhook may be gone by then. */
  readonly webhookId: string
  readonly message: Message
  readonly attempt: number
}

/** A replay job that X has taken on, and not begun. */
export interface ReplayState {
  readonly id: string
  readonly at: number
  /** The webhook may be gone by then. */
  readonly webhookId: string
  readonly window: ReplayWindow
}

/** All that the platform knows, by id unless it says otherwise. */
export interface Tables {
  readonly apps: Map<string, AppState>
  readonly users: Map<string, UserState>
  readonly webhooks: Map<string, WebhookState>
  readonly posts: Map<string, PostState>
  readonly messages: Map<string, MessageState>
  /** What is going to be delivered once more. */
  readonly retries: Map<string, RetryState>
  readonly replays: Map<string, ReplayState>
  /** What users gave to apps, by the ids of both. */
  readonly grants: Map<string, Grant>
  /** What apps have sent users to X with, until it is used or too old. */
  readonly requestTokens: Map<string, RequestToken>
  /** The id of the app that each valid bearer token stands for. */
  readonly bearers: Map<string, string>
}

export function newTables(): Tables {
  return {
    apps: new Map(),
    users: new Map(),
    webhooks: new Map(),
    posts: new Map(),
    messages: new Map(),
    retries: new Map(),
    replays: new Map(),
    grants: new Map(),
    requestTokens: new Map(),
    bearers: new Map(),
  }
}

/** The tables, and ways through them. What is private follows from the tables, and is not saved with them. */
export class State implements Tables {
  readonly apps: Tables['apps']
  readonly users: Tables['users']
  readonly webhooks: Tables['webhooks']
  readonly posts: Tables['posts']
  readonly messages: Tables['messages']
  readonly retries: Tables['retries']
  readonly replays: Tables['replays']
  readonly grants: Tables['grants']
  readonly requestTokens: Tables['requestTokens']
  readonly bearers: Tables['bearers']
  readonly #userIds = new Map<string, string>()
  readonly #appsByKey = new Map<string, AppState>()
  readonly #grantsByToken = new Map<string, Grant>()
  readonly #subscribedTo = new Map<string, Set<WebhookState>>()

  constructor(tables: Tables = newTables()) {
    this.apps = tables.apps
    this.users = tables.users
    this.webhooks = tables.webhooks
    this.posts = tables.posts
    this.messages = tables.messages
    this.retries = tables.retries
    this.replays = tables.replays
    this.grants = tables.grants
    this.requestTokens = tables.requestTokens
    this.bearers = tables.bearers
    for (const user of this.users.values()) this.addUser(user)
    for (const app of this.apps.values()) this.#appsByKey.set(app.consumerKey, app)
    for (const grant of this.grants.values()) this.addGrant(grant)
    for (const webhook of this.webhooks.values()) for (const id of webhook.subscribers) this.subscribe(id, webhook)
  }

  addUser(user: UserState): void {
    this.users.set(user.id, user)
    this.#userIds.set(user.screenName.toLowerCase(), user.id)
  }

  /** Handles are the same in upper and lower case. */
  userNamed(screenName: string): UserState | undefined {
    return this.users.get(this.#userIds.get(screenName.toLowerCase()) ?? '')
  }

  appByConsumerKey(consumerKey: string): AppState | undefined {
    return this.#appsByKey.get(consumerKey)
  }

  addApp(app: AppState): void {
    this.apps.set(app.id, app)
    this.#appsByKey.set(app.consumerKey, app)
    this.bearers.set(decodeToken(app.bearerToken), app.id)
  }

  /** The app that a bearer token stands for, while it is valid. */
  appByBearer(token: string): AppState | undefined {
    return this.apps.get(this.bearers.get(decodeToken(token)) ?? '')
  }

  replaceBearer(app: AppState, token: string): void {
    app.bearerToken = token
    app.bearerTokens += 1
    this.bearers.set(decodeToken(token), app.id)
  }

  invalidateBearer(token: string): void {
    this.bearers.delete(decodeToken(token))
  }

  /** What a user gave to an app, unless they took it back. */
  grantOf(appId: string, userId: string): Grant | undefined {
    return this.grants.get(`${appId} ${userId}`)
  }

  /** What a token of OAuth 1.0a or OAuth 2.0 stands for. */
  grantByToken(token: string): Grant | undefined {
    return this.#grantsByToken.get(token)
  }

  addGrant(grant: Grant): void {
    this.grants.set(`${grant.appId} ${grant.userId}`, grant)
    this.#grantsByToken.set(grant.accessToken, grant).set(grant.oauth2Token, grant)
  }

  removeGrant({ appId, userId, accessToken, oauth2Token }: Grant): void {
    this.grants.delete(`${appId} ${userId}`)
    this.#grantsByToken.delete(accessToken)
    this.#grantsByToken.delete(oauth2Token)
  }

  /** The webhooks that an account has over all its apps. */
  webhooksOfAccount(ownerId: string): WebhookState[] {
    return [...this.webhooks.values()].filter((webhook) => this.apps.get(webhook.appId)?.ownerId === ownerId)
  }

  /** The users that are subscribed to a webhook of the account, each once. */
  subscribersOfAccount(ownerId: string): ReadonlySet<string> {
    const [only = new Set<string>(), ...more] = this.webhooksOfAccount(ownerId).map(({ subscribers }) => subscribers)
    return more.length === 0 ? only : new Set([only, ...more].flatMap((subscribers) => [...subscribers]))
  }

  webhooksOf(userId: string): ReadonlySet<WebhookState> {
    return this.#subscribedTo.get(userId) ?? new Set()
  }

  subscribe(userId: string, webhook: WebhookState): void {
    webhook.subscribers.add(userId)
    const webhooks = this.#subscribedTo.get(userId) ?? new Set()
    this.#subscribedTo.set(userId, webhooks.add(webhook))
  }

  unsubscribe(userId: string, webhook: WebhookState): void {
    webhook.subscribers.delete(userId)
    this.#subscribedTo.get(userId)?.delete(webhook)
  }

  deleteWebhook(webhook: WebhookState): void {
    for (const userId of webhook.subscribers) this.unsubscribe(userId, webhook)
    this.webhooks.delete(webhook.id)
  }
}

/** Bearer tokens are percent-encoded as X gives them out, and some clients decode them. */
function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
