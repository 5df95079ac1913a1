import { ApiError, type Client, createClient, createReceiver, type UserCredentials } from 'x-account-activity'
import { createEmulator, type EmulatedUser, type Emulator } from 'x-account-activity/emulator'
import type { SubscriptionSyncClient } from 'x-account-activity/sync'
import { VirtualTime } from './virtual-time.ts'
import { fetchOf } from './x-api.ts'

/** Saturday, 21 November 2026, 12:00 UTC. */
export const noon = Date.UTC(2026, 10, 21, 12)

/** An app with a webhook on the emulator, and a record of the calls to X. */
export class SubscriptionWorld {
  readonly x: Emulator
  readonly time: VirtualTime
  readonly client: Client
  /** The method of each call, in order. */
  readonly calls: string[] = []
  /** Answers a call instead of the emulator, unless it returns `undefined`. */
  onCall: (method: string, call: number) => Response | undefined = () => undefined
  webhookId = ''

  constructor(subscriptions = 5000) {
    this.x = createEmulator({
      now: () => noon,
      limits: { subscriptions },
      fetch: (request) => createReceiver({ consumerSecret: this.x.app.consumerSecret }).fetch(request),
    })
    this.time = new VirtualTime(this.x)
    const { consumerKey, consumerSecret, bearerToken } = this.x.app
    this.client = createClient({
      consumerKey,
      consumerSecret,
      bearerToken,
      now: this.time.now,
      retry: { sleep: this.time.sleep },
      fetch: fetchOf(
        this.time.during(async (request) => {
          this.calls.push(request.method)
          return this.onCall(request.method, this.calls.length) ?? this.x.fetch(request)
        }),
      ),
    })
  }

  /** Creates the webhook. */
  async register(): Promise<void> {
    this.webhookId = (await this.client.webhooks.create('https://example.com/x')).id
    this.calls.length = 0
  }

  /** Adds users to the emulator. */
  users(count: number): EmulatedUser[] {
    return Array.from({ length: count }, (_, index) => this.x.addUser({ screenName: `user_${index}` }))
  }

  /** The ids of the subscribed users, sorted. */
  async subscribed(): Promise<string[]> {
    const { subscriptions } = await this.client.subscriptions.list(this.webhookId)
    return subscriptions.map(({ userId }) => userId).sort()
  }
}

/** A client whose calls are functions that may throw. They get the number of the call, starting at 1. */
export function createScriptedClient(
  create: (call: number) => void,
  remove: (call: number) => void = () => {},
  present: string[] = [],
) {
  const calls = { create: 0, delete: 0, running: 0, most: 0 }
  const client: SubscriptionSyncClient = {
    subscriptions: {
      list: async () => ({ applicationId: '1', subscriptions: present.map((userId) => ({ userId })) }),
      create: async () => {
        calls.create += 1
        const { create: call } = calls
        calls.running += 1
        calls.most = Math.max(calls.most, calls.running)
        await Promise.resolve()
        calls.running -= 1
        create(call)
      },
      delete: async () => {
        calls.delete += 1
        remove(calls.delete)
      },
    },
  }
  return { client, calls }
}

/** The error of a subscription that X refuses to create. */
export const refusedSubscription = (
  reason: 'DuplicateSubscriptionFailed' | 'WebhookIdInvalid' | 'RateLimited' | 'Forbidden',
  resetAt?: number,
) =>
  new ApiError({
    endpoint: 'subscriptions.create',
    reason,
    status: 400,
    ...(resetAt !== undefined && { rateLimit: { resetAt: new Date(resetAt) } }),
  })
/** Users with the ids 0, 1 and so on. */
export const createUsers = (length: number): (UserCredentials & { userId: string })[] =>
  Array.from({ length }, (_, index) => ({ userId: String(index), accessToken: 'a', accessTokenSecret: 'b' }))
/** The id of the webhook of a scripted client. */
export const webhookId = '1146654567674912769'

/** How many calls were made with each method. */
export const countCalls = (calls: readonly string[]) => ({
  GET: calls.filter((method) => method === 'GET').length,
  POST: calls.filter((method) => method === 'POST').length,
  DELETE: calls.filter((method) => method === 'DELETE').length,
})
