import {
  type ActivitySubscription,
  type AppState,
  type Grant,
  newTables,
  type PostState,
  type Tables,
  type UserState,
  type WebhookState,
} from './tables.ts'

/** How many posts of a user a new one is compared with. X does not document how far back it looks for duplicates. */
const maxRecentPosts = 20

/**
 * The tables, with indexes over them. The indexes are private: they follow from the tables, so a saved state does not
 * contain them.
 */
export class State implements Tables {
  readonly apps: Tables['apps']
  readonly users: Tables['users']
  readonly webhooks: Tables['webhooks']
  readonly posts: Tables['posts']
  readonly messages: Tables['messages']
  readonly broadcasts: Tables['broadcasts']
  readonly activitySubscriptions: Tables['activitySubscriptions']
  readonly retries: Tables['retries']
  readonly replays: Tables['replays']
  readonly grants: Tables['grants']
  readonly requestTokens: Tables['requestTokens']
  readonly oauth2Codes: Tables['oauth2Codes']
  readonly oauth2Sessions: Tables['oauth2Sessions']
  readonly bearers: Tables['bearers']
  readonly rules: Tables['rules']
  readonly activityLogs: Tables['activityLogs']
  readonly #userIds = new Map<string, string>()
  readonly #appsByKey = new Map<string, AppState>()
  readonly #grantsByToken = new Map<string, Grant>()
  readonly #subscribedTo = new Map<string, Set<WebhookState>>()
  readonly #recentPosts = new Map<string, PostState[]>()
  readonly #activitySubscriptionsOf = new Map<string, Set<ActivitySubscription>>()

  constructor(tables: Tables = newTables()) {
    this.apps = tables.apps
    this.users = tables.users
    this.webhooks = tables.webhooks
    this.posts = tables.posts
    this.messages = tables.messages
    this.broadcasts = tables.broadcasts
    this.activitySubscriptions = tables.activitySubscriptions
    this.retries = tables.retries
    this.replays = tables.replays
    this.grants = tables.grants
    this.requestTokens = tables.requestTokens
    this.oauth2Codes = tables.oauth2Codes
    this.oauth2Sessions = tables.oauth2Sessions
    this.bearers = tables.bearers
    this.rules = tables.rules
    this.activityLogs = tables.activityLogs
    for (const user of this.users.values()) this.addUser(user)
    for (const post of this.posts.values()) this.addPost(post)
    for (const app of this.apps.values()) this.#appsByKey.set(app.consumerKey, app)
    for (const grant of this.grants.values()) this.addGrant(grant)
    for (const webhook of this.webhooks.values()) for (const id of webhook.subscribers) this.subscribe(id, webhook)
    for (const subscription of this.activitySubscriptions.values()) this.addActivitySubscription(subscription)
  }

  addUser(user: UserState): void {
    this.users.set(user.id, user)
    this.#userIds.set(user.screenName.toLowerCase(), user.id)
  }

  /** Changes the handle of a user. The old one becomes free. */
  renameUser(user: UserState, screenName: string): void {
    this.#userIds.delete(user.screenName.toLowerCase())
    user.screenName = screenName
    this.addUser(user)
  }

  /** The user with this handle, in upper or lower case. */
  userByName(screenName: string): UserState | undefined {
    return this.users.get(this.#userIds.get(screenName.toLowerCase()) ?? '')
  }

  addPost(post: PostState): void {
    this.posts.set(post.id, post)
    const recent = this.#recentPosts.get(post.userId) ?? []
    recent.push(post)
    if (recent.length > maxRecentPosts) recent.shift()
    this.#recentPosts.set(post.userId, recent)
  }

  /** The last posts of a user, oldest first, including deleted ones. */
  recentPostsOf(userId: string): readonly PostState[] {
    return this.#recentPosts.get(userId) ?? []
  }

  addApp(app: AppState): void {
    this.apps.set(app.id, app)
    this.#appsByKey.set(app.consumerKey, app)
    this.bearers.set(decodeToken(app.bearerToken), app.id)
  }

  appByConsumerKey(consumerKey: string): AppState | undefined {
    return this.#appsByKey.get(consumerKey)
  }

  /** The app that a valid bearer token belongs to. */
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

  addGrant(grant: Grant): void {
    this.grants.set(`${grant.appId} ${grant.userId}`, grant)
    this.#grantsByToken.set(grant.accessToken, grant)
  }

  /** The access that a user granted to an app, unless it was revoked. */
  grantOf(appId: string, userId: string): Grant | undefined {
    return this.grants.get(`${appId} ${userId}`)
  }

  /** The grant that an OAuth 1.0a access token belongs to. */
  grantByToken(token: string): Grant | undefined {
    return this.#grantsByToken.get(token)
  }

  /** Removes a grant with its tokens. */
  removeGrant({ appId, userId, accessToken, oauth2Token }: Grant): void {
    this.grants.delete(`${appId} ${userId}`)
    this.#grantsByToken.delete(accessToken)
    this.oauth2Sessions.delete(oauth2Token)
  }

  /** Removes the codes and tokens of OAuth 2.0 that a user granted to an app. */
  removeOAuth2Access(appId: string, userId: string): void {
    for (const table of [this.oauth2Codes, this.oauth2Sessions]) {
      for (const [key, row] of table) if (row.appId === appId && row.userId === userId) table.delete(key)
    }
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

  /** All secrets and tokens of apps, grants and request tokens. They must not be in a log. */
  *secrets(): Generator<string> {
    for (const { consumerSecret, clientSecret, bearerToken } of this.apps.values()) {
      yield consumerSecret
      yield bearerToken
      if (clientSecret !== undefined) yield clientSecret
    }
    for (const { accessToken, accessTokenSecret, oauth2Token } of this.grants.values()) {
      yield accessToken
      yield accessTokenSecret
      yield oauth2Token
    }
    for (const { token, secret, authorized } of this.requestTokens.values()) {
      yield token
      yield secret
      if (authorized) yield authorized.verifier
    }
    yield* this.oauth2Codes.keys()
    for (const { accessToken, refreshToken } of this.oauth2Sessions.values()) {
      yield accessToken
      if (refreshToken !== undefined) yield refreshToken
    }
  }

  /** The webhooks that a user is subscribed to. */
  webhooksOf(userId: string): ReadonlySet<WebhookState> {
    return this.#subscribedTo.get(userId) ?? new Set()
  }

  /** The webhooks of all apps of an account. */
  webhooksOfAccount(ownerId: string): WebhookState[] {
    return [...this.webhooks.values()].filter((webhook) => this.apps.get(webhook.appId)?.ownerId === ownerId)
  }

  /** The users that are subscribed to a webhook of the account, each once. */
  subscribersOfAccount(ownerId: string): ReadonlySet<string> {
    const [only = new Set<string>(), ...more] = this.webhooksOfAccount(ownerId).map(({ subscribers }) => subscribers)
    return more.length === 0 ? only : new Set([only, ...more].flatMap((subscribers) => [...subscribers]))
  }

  addActivitySubscription(subscription: ActivitySubscription): void {
    this.activitySubscriptions.set(subscription.id, subscription)
    const key = activityKey(subscription.eventType, subscription.filter.userId)
    const sameKey = this.#activitySubscriptionsOf.get(key) ?? new Set()
    this.#activitySubscriptionsOf.set(key, sameKey.add(subscription))
  }

  removeActivitySubscription(subscription: ActivitySubscription): void {
    const { id, eventType, filter } = subscription
    this.activitySubscriptions.delete(id)
    this.#activitySubscriptionsOf.get(activityKey(eventType, filter.userId))?.delete(subscription)
  }

  /** The subscriptions of all apps to an event type of a user. Without a user, those to a keyword. */
  activitySubscriptionsOf(eventType: string, userId: string | undefined): ReadonlySet<ActivitySubscription> {
    return this.#activitySubscriptionsOf.get(activityKey(eventType, userId)) ?? new Set()
  }

  /** The number of activity subscriptions of all apps of an account. */
  countActivitySubscriptions(ownerId: string): number {
    // Fast where the account owns all apps, as usual: this is counted with each subscription.
    if ([...this.apps.values()].every((app) => app.ownerId === ownerId)) return this.activitySubscriptions.size
    return [...this.activitySubscriptions.values()].filter(({ appId }) => this.apps.get(appId)?.ownerId === ownerId)
      .length
  }

  /** Deletes a webhook and its subscriptions. The activity subscriptions remain: open streams still receive the events. */
  deleteWebhook(webhook: WebhookState): void {
    for (const userId of webhook.subscribers) this.unsubscribe(userId, webhook)
    this.webhooks.delete(webhook.id)
  }
}

function activityKey(eventType: string, userId = ''): string {
  return `${eventType} ${userId}`
}

/** X issues bearer tokens percent-encoded, and some clients decode them. */
function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
