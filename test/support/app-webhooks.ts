import { ApiError, type ReasonOf, type Webhook } from 'x-account-activity'
import type { WebhookSyncClient } from 'x-account-activity/sync'

/** The URL of the webhook that the app should have. */
export const url = 'https://example.com/x'

/** The webhooks of an app, and a client that works on them. */
export class AppWebhooks {
  webhooks: Webhook[] = []
  /** Each call, in order: `create https://example.com/x`. */
  readonly calls: string[] = []
  /** Ids of the accounts that are subscribed to a webhook, by its id. */
  readonly subscribers = new Map<string, string[]>()
  /** How many webhooks the app may have. */
  limit = 5
  /** Called before each call. May throw to refuse it. */
  before: (call: string) => void = () => {}
  #ids = 0

  add(of: string, valid = true): Webhook {
    this.#ids += 1
    const webhook = { id: String(this.#ids), url: of, valid }
    this.webhooks.push(webhook)
    return webhook
  }

  get client(): WebhookSyncClient {
    const call = (text: string) => {
      this.before(text)
      this.calls.push(text)
    }
    return {
      subscriptions: {
        list: async (id) => ({
          applicationId: '1',
          subscriptions: (this.subscribers.get(id) ?? []).map((userId) => ({ userId })),
        }),
      },
      webhooks: {
        list: async () => {
          call('list')
          return [...this.webhooks]
        },
        create: async (of) => {
          call(`create ${of}`)
          if (this.webhooks.some((known) => known.url === of)) throw refusedWebhook('DuplicateUrlFailed')
          if (this.webhooks.length >= this.limit) throw refusedWebhook('WebhookLimitExceeded')
          return this.add(of)
        },
        validate: async (id) => {
          call(`validate ${id}`)
          this.webhooks = this.webhooks.map((known) => (known.id === id ? { ...known, valid: true } : known))
          return { attempted: true }
        },
        delete: async (id) => {
          call(`delete ${id}`)
          this.webhooks = this.webhooks.filter((known) => known.id !== id)
        },
      },
    }
  }
}

/** The error of a webhook that X refuses to create. */
export function refusedWebhook(reason: ReasonOf<'webhooks.create'>): ApiError<'webhooks.create'> {
  return new ApiError({ endpoint: 'webhooks.create', reason, status: 400 })
}
