import type { EventLog } from './event-log.ts'
import type { Entities } from './payloads/entities.ts'

/** An app of the developer portal. */
export interface AppState {
  readonly id: string
  readonly name: string
  readonly url: string
  /** The account that the app, and its limits, belong to. */
  readonly ownerId: string
  readonly consumerKey: string
  readonly consumerSecret: string
  /** The last of its bearer tokens, which may have been invalidated. */
  bearerToken: string
  /** How many bearer tokens it has had. */
  bearerTokens: number
}

/** What an app gets from a user who authorises it. */
export interface UserTokens {
  /** The token of OAuth 1.0a. */
  readonly accessToken: string
  readonly accessTokenSecret: string
  /** The token of OAuth 2.0, with all scopes. */
  readonly oauth2Token: string
}

/** What a user gave to an app. */
export interface Grant extends UserTokens {
  readonly appId: string
  readonly userId: string
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
  readonly createdAt: number
  valid: boolean
  /** Ids of the users that are subscribed to it. */
  readonly subscribers: Set<string>
  /** What its replay jobs can bring back. */
  readonly log: EventLog
  /** Whether a replay job is under way. */
  replaying: boolean
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

/** All that the platform knows. */
export class State {
  readonly apps = new Map<string, AppState>()
  readonly users = new Map<string, UserState>()
  readonly webhooks = new Map<string, WebhookState>()
  readonly posts = new Map<string, PostState>()
  readonly messages = new Map<string, MessageState>()
  readonly #userIds = new Map<string, string>()
  readonly #appsByKey = new Map<string, AppState>()
  readonly #bearers = new Map<string, AppState>()
  readonly #grants = new Map<string, Grant>()
  readonly #grantsByToken = new Map<string, Grant>()
  readonly #subscribedTo = new Map<string, Set<WebhookState>>()

  addUser(user: UserState): void {
    this.users.set(user.id, user)
    this.#userIds.set(user.screenName.toLowerCase(), user.id)
  }

  /** Handles are the same in upper and lower case. */
  userNamed(screenName: string): UserState | undefined {
    return this.users.get(this.#userIds.get(screenName.toLowerCase()) ?? '')
  }

  appByKey(consumerKey: string): AppState | undefined {
    return this.#appsByKey.get(consumerKey)
  }

  addApp(app: AppState): void {
    this.apps.set(app.id, app)
    this.#appsByKey.set(app.consumerKey, app)
    this.#bearers.set(plain(app.bearerToken), app)
  }

  /** The app that a bearer token stands for, while it is valid. */
  appByBearer(token: string): AppState | undefined {
    return this.#bearers.get(plain(token))
  }

  replaceBearer(app: AppState, token: string): void {
    app.bearerToken = token
    app.bearerTokens += 1
    this.#bearers.set(plain(token), app)
  }

  invalidateBearer(token: string): void {
    this.#bearers.delete(plain(token))
  }

  /** What a user gave to an app, unless they took it back. */
  grantOf(appId: string, userId: string): Grant | undefined {
    return this.#grants.get(`${appId} ${userId}`)
  }

  /** What a token of OAuth 1.0a or OAuth 2.0 stands for. */
  grantByToken(token: string): Grant | undefined {
    return this.#grantsByToken.get(token)
  }

  addGrant(grant: Grant): void {
    this.#grants.set(`${grant.appId} ${grant.userId}`, grant)
    this.#grantsByToken.set(grant.accessToken, grant).set(grant.oauth2Token, grant)
  }

  removeGrant({ appId, userId, accessToken, oauth2Token }: Grant): void {
    this.#grants.delete(`${appId} ${userId}`)
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
function plain(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
