import type { OAuth2UserCredentials, UserCredentials, UserSource } from '../auth/credentials.ts'
import { streamActivity } from '../endpoints/activity/activity-stream.ts'
import { createActivitySubscription } from '../endpoints/activity/create-activity-subscription.ts'
import { deleteActivitySubscription } from '../endpoints/activity/delete-activity-subscription.ts'
import { deleteActivitySubscriptions } from '../endpoints/activity/delete-activity-subscriptions.ts'
import { listActivitySubscriptions } from '../endpoints/activity/list-activity-subscriptions.ts'
import { updateActivitySubscription } from '../endpoints/activity/update-activity-subscription.ts'
import type { Api } from '../endpoints/api.ts'
import { ensureSubscription } from '../endpoints/ensure-subscription.ts'
import { addStreamRules } from '../endpoints/filtered-stream/add-stream-rules.ts'
import { countStreamRules } from '../endpoints/filtered-stream/count-stream-rules.ts'
import { createStreamLink } from '../endpoints/filtered-stream/create-stream-link.ts'
import { deleteStreamLink } from '../endpoints/filtered-stream/delete-stream-link.ts'
import { deleteStreamRules } from '../endpoints/filtered-stream/delete-stream-rules.ts'
import { listStreamLinks } from '../endpoints/filtered-stream/list-stream-links.ts'
import { listStreamRules } from '../endpoints/filtered-stream/list-stream-rules.ts'
import type { WebhookSubscriptionList } from '../endpoints/subscription-list.ts'
import { checkSubscription } from '../endpoints/v2/check-subscription.ts'
import { countSubscriptions } from '../endpoints/v2/count-subscriptions.ts'
import { createReplay, type ReplayCallOptions } from '../endpoints/v2/create-replay.ts'
import { createSubscription } from '../endpoints/v2/create-subscription.ts'
import { createWebhook } from '../endpoints/v2/create-webhook.ts'
import { deleteSubscription } from '../endpoints/v2/delete-subscription.ts'
import { deleteWebhook } from '../endpoints/v2/delete-webhook.ts'
import { listSubscriptions } from '../endpoints/v2/list-subscriptions.ts'
import { listWebhooks } from '../endpoints/v2/list-webhooks.ts'
import { validateWebhook } from '../endpoints/v2/validate-webhook.ts'
import type { AccountActivityClient, ReplayClient, SubscriptionsClient } from './account-activity-client.ts'
import type { ActivityClient } from './activity-client.ts'
import type { ClientOptions } from './client-options.ts'
import { keepCrcSigner } from './crc-signers.ts'
import { createApi } from './create-api.ts'
import type { FilteredStreamClient } from './filtered-stream-client.ts'

/**
 * A client for v2 of the Account Activity API, and for the X Activity API.
 *
 * @see https://docs.x.com/x-api/account-activity/introduction
 * @see https://docs.x.com/x-api/activity/introduction
 */
export interface Client extends AccountActivityClient {
  /** Creates, checks, lists, deletes and counts subscriptions. */
  readonly subscriptions: SubscriptionsClient<UserCredentials | OAuth2UserCredentials, WebhookSubscriptionList>
  /** Starts replay jobs. */
  readonly replay: ReplayClient<ReplayCallOptions>
  /** The X Activity API: its subscriptions and its stream. */
  readonly activity: ActivityClient
  /** The filtered stream by webhook: its links and its rules. */
  readonly filteredStream: FilteredStreamClient
  /**
   * Returns the same client for another user: its calls in user context act for that user. Both share the bearer token
   * of the app, the hooks and all other options. Nothing is sent.
   *
   * @param user - Credentials, or a function that fetches them.
   * @throws TypeError or RangeError if the credentials are invalid.
   */
  as(user: UserSource): Client
}

/**
 * Creates a client for v2 of the Account Activity API, and for the X Activity API. It sends nothing until you call a method. Later changes of the
 * options have no effect.
 *
 * Each method uses the authentication that X requires for its endpoint: the bearer token of the app, or the token of a
 * user. Failed calls are retried if that is safe, see `RetryOptions`.
 *
 * @throws TypeError if a key is missing, or an option has the wrong type.
 * @throws RangeError if a key is empty or begins or ends with white space, or if an option is out of range.
 * @see https://docs.x.com/x-api/account-activity/introduction
 *
 * @example
 * import { createClient } from 'x-account-activity'
 *
 * const client = createClient({ consumerKey: 'key', consumerSecret: 'secret' })
 *
 * async function urls(): Promise<string[]> {
 *   const webhooks = await client.webhooks.list()
 *   return webhooks.map((webhook) => webhook.url)
 * }
 */
export function createClient(options: ClientOptions<UserCredentials | OAuth2UserCredentials>): Client {
  return bindVerbs(createApi(options))
}

function bindVerbs(api: Api): Client {
  const client: Client = {
    webhooks: {
      create: (url, options) => createWebhook(api, url, options),
      list: (options) => listWebhooks(api, options),
      validate: (webhookId, options) => validateWebhook(api, webhookId, options),
      delete: (webhookId, options) => deleteWebhook(api, webhookId, options),
    },
    subscriptions: {
      create: (webhookId, options) => createSubscription(api, webhookId, options),
      ensure: (webhookId, options) =>
        ensureSubscription(api, { checkSubscription, createSubscription }, webhookId, options),
      check: (webhookId, options) => checkSubscription(api, webhookId, options),
      list: (webhookId, options) => listSubscriptions(api, webhookId, options),
      delete: (webhookId, userId, options) => deleteSubscription(api, webhookId, userId, options),
      count: (options) => countSubscriptions(api, options),
    },
    replay: {
      create: (webhookId, window, options) => createReplay(api, webhookId, window, options),
    },
    activity: {
      stream: (options) => streamActivity(api, options),
      subscriptions: {
        create: (subscription, options) => createActivitySubscription(api, subscription, options),
        list: (options) => listActivitySubscriptions(api, options),
        update: (id, changes, options) => updateActivitySubscription(api, id, changes, options),
        delete: (id, options) => deleteActivitySubscription(api, id, options),
        deleteMany: (ids, options) => deleteActivitySubscriptions(api, ids, options),
      },
    },
    filteredStream: {
      links: {
        create: (webhookId, options) => createStreamLink(api, webhookId, options),
        list: (options) => listStreamLinks(api, options),
        delete: (webhookId, options) => deleteStreamLink(api, webhookId, options),
      },
      rules: {
        add: (rules, options) => addStreamRules(api, rules, options),
        list: (options) => listStreamRules(api, options),
        delete: (ids, options) => deleteStreamRules(api, ids, options),
        counts: (options) => countStreamRules(api, options),
      },
    },
    as: (user) => bindVerbs(api.as(user)),
  }
  return keepCrcSigner(client, api.consumerSecret)
}
