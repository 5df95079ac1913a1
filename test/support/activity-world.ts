import type { ActivityFilter, ActivitySubscription } from 'x-account-activity'
import { ApiError } from 'x-account-activity'
import type { ActivitySyncClient } from 'x-account-activity/sync'

type Subscriptions = ActivitySyncClient['activity']['subscriptions']

/** A client for activity subscriptions in memory, with a record of its calls. Each call can be made to fail. */
export class ActivityWorld {
  readonly subscriptions: ActivitySubscription[] = []
  readonly calls: { name: string; eventType?: string; userId?: string; user?: unknown; ids?: number }[] = []
  /** Called before each call with its name and number. It may throw. */
  onCall: (name: string, call: number) => void = () => {}
  limit = Number.POSITIVE_INFINITY
  running = 0
  most = 0
  #lastId = 0

  readonly client: ActivitySyncClient = {
    activity: {
      subscriptions: {
        list: () => this.#list(),
        create: (input, options) => this.#create(input, options),
        update: (id, changes) => this.#update(id, changes),
        deleteMany: (ids) => this.#deleteMany(ids),
      },
    },
  }

  /** Adds a subscription without a call. */
  add(eventType: string, filter: ActivityFilter, webhookId?: string): ActivitySubscription {
    this.#lastId += 1
    const added = { id: String(this.#lastId), eventType, filter, ...(webhookId !== undefined && { webhookId }) }
    this.subscriptions.push(added)
    return added
  }

  /** What the app is subscribed to, sorted: `dm.received:12`. */
  keys(): string[] {
    return this.subscriptions.map(({ eventType, filter }) => `${eventType}:${filter.userId}`).sort()
  }

  count(name: string): number {
    return this.calls.filter((call) => call.name === name).length
  }

  #begin(call: ActivityWorld['calls'][number]): void {
    this.calls.push(call)
    this.onCall(call.name, this.count(call.name))
  }

  async *#list(): AsyncGenerator<ActivitySubscription, void> {
    this.#begin({ name: 'list' })
    yield* [...this.subscriptions]
  }

  #create: Subscriptions['create'] = async ({ eventType, filter, webhookId }, { user } = {}) => {
    this.running += 1
    this.most = Math.max(this.most, this.running)
    await Promise.resolve()
    this.running -= 1
    this.#begin({ name: 'create', eventType, userId: filter.userId ?? '', user })
    if (this.subscriptions.length >= this.limit) throw refusedActivity('SubscriptionLimitExceeded')
    return this.add(eventType, filter, webhookId)
  }

  #update: Subscriptions['update'] = async (id, { webhookId }) => {
    this.#begin({ name: 'update' })
    const index = this.subscriptions.findIndex((one) => one.id === id)
    const updated = { ...(this.subscriptions[index] as ActivitySubscription), webhookId: webhookId ?? '' }
    this.subscriptions[index] = updated
    return updated
  }

  #deleteMany: Subscriptions['deleteMany'] = async (ids) => {
    this.#begin({ name: 'deleteMany', ids: ids.length })
    for (const id of ids) {
      this.subscriptions.splice(
        this.subscriptions.findIndex((one) => one.id === id),
        1,
      )
    }
    return { deleted: ids, failed: [] }
  }
}

/** The error of an activity subscription that X refuses to create. */
export const refusedActivity = (
  reason: 'SubscriptionLimitExceeded' | 'RateLimited' | 'Forbidden' | 'WebhookIdInvalid',
  retryAt?: Date,
) => new ApiError({ endpoint: 'activity.subscriptions.create', reason, status: 400, retryAt })
