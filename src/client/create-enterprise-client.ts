import type { UserCredentials, UserSource } from '../auth/credentials.ts'
import { createReplay } from '../endpoints/enterprise/create-replay.ts'
import { enterpriseDialect } from '../endpoints/enterprise/enterprise-dialect.ts'
import type { WebhookSubscriptionList } from '../endpoints/subscription-list.ts'
import type { LegacyApi } from '../endpoints/v1/legacy-api.ts'
import type { ReplayClient } from './account-activity-client.ts'
import { bindLegacyVerbs } from './bind-legacy-verbs.ts'
import type { ClientOptions } from './client-options.ts'
import { createLegacyApi } from './create-api.ts'
import type { LegacyClient } from './legacy-client.ts'

/**
 * A client for the enterprise Account Activity API, v1.1.
 *
 * @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
 */
export interface EnterpriseClient extends LegacyClient<WebhookSubscriptionList> {
  /** Starts replay jobs. */
  readonly replay: ReplayClient
  /**
   * Returns the same client for another user: its calls in user context act for that user. Both share the bearer token
   * of the app, the hooks and all other options. Nothing is sent.
   *
   * `webhooks.create`, `validate` and `delete` need the owner of the app: use the client of the owner for them.
   *
   * @param user - Credentials, or a function that fetches them.
   * @throws TypeError or RangeError if the credentials are invalid.
   */
  as(user: UserSource<UserCredentials>): EnterpriseClient
}

/**
 * Creates a client for the enterprise Account Activity API, v1.1. It has the same calls as the client for v2. A replay
 * can go back five days: use `enterpriseReplayRules` to check a window.
 *
 * `webhooks.create`, `validate` and `delete` are signed for the owner of the app: pass the owner as `user`. Version 1.1
 * accepts only OAuth 1.0a tokens of users.
 *
 * @throws TypeError if a key is missing, or an option has the wrong type.
 * @throws RangeError if a key is empty or begins or ends with white space, or if an option is out of range.
 * @see https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity
 *
 * @example
 * import { createEnterpriseClient } from 'x-account-activity'
 *
 * const client = createEnterpriseClient({ consumerKey: 'key', consumerSecret: 'secret' })
 *
 * async function replay(webhookId: string): Promise<string> {
 *   const job = await client.replay.create(webhookId, { from: '202611180600', to: '202611180800' })
 *   return job.jobId
 * }
 */
export function createEnterpriseClient(options: ClientOptions): EnterpriseClient {
  return bindVerbs(createLegacyApi(options, enterpriseDialect))
}

function bindVerbs(api: LegacyApi<WebhookSubscriptionList>): EnterpriseClient {
  return {
    ...bindLegacyVerbs(api),
    as: (user) => bindVerbs(api.as(user)),
    replay: { create: (webhookId, window, options) => createReplay(api, webhookId, window, options) },
  }
}
