import type { UserCredentials, UserSource } from '../auth/credentials.ts'
import type { CallOptions } from '../endpoints/call-options.ts'
import { type Environment, listEnvironments } from '../endpoints/premium/list-environments.ts'
import { premiumDialect } from '../endpoints/premium/premium-dialect.ts'
import type { EnvironmentSubscriptionList } from '../endpoints/subscription-list.ts'
import type { LegacyApi } from '../endpoints/v1/legacy-api.ts'
import { assertObject } from '../internal/assert.ts'
import { bindLegacyVerbs } from './bind-legacy-verbs.ts'
import type { ClientOptions } from './client-options.ts'
import { createLegacyApi } from './create-api.ts'
import type { LegacyClient } from './legacy-client.ts'

/** A client for one environment of the premium Account Activity API, v1.1. */
export interface PremiumClient extends LegacyClient<EnvironmentSubscriptionList> {
  /** Lists the environments of the app. */
  readonly environments: EnvironmentsClient
  /**
   * Returns the same client for another user: its calls in user context act for that user. Both share the bearer token
   * of the app, the hooks and all other options. Nothing is sent.
   *
   * `webhooks.create`, `validate` and `delete` need the owner of the app: use the client of the owner for them.
   *
   * @param user - Credentials, or a function that fetches them.
   * @throws TypeError or RangeError if the credentials are invalid.
   */
  as(user: UserSource<UserCredentials>): PremiumClient
}

/** All environments of an app, not only the environment of the client. */
export interface EnvironmentsClient {
  /**
   * Lists the environments of the app with their webhooks. The call is app-only.
   *
   * @throws ApiError with a general reason if X refuses the request.
   * @throws TransportError if X does not respond.
   * @throws ResponseError if the response does not have a documented form.
   */
  list(options?: CallOptions): Promise<Environment[]>
}

/** The options of a premium client: those of a client, and an environment. */
export interface PremiumClientOptions extends ClientOptions {
  /**
   * The label of the environment, as in the developer portal: letters, digits, `_`, `-` and `.`, not beginning with
   * `.`. It is case-sensitive.
   */
  readonly environment: string
}

/**
 * Creates a client for the premium Account Activity API, v1.1. It has the same calls as the client for v2, without
 * replay.
 *
 * `webhooks.create`, `validate` and `delete` are signed for the owner of the app: pass the owner as `user`. Version 1.1
 * accepts only OAuth 1.0a tokens of users.
 *
 * @throws TypeError if a key or the environment is missing, or an option has the wrong type.
 * @throws RangeError if a key is empty or begins or ends with white space, or if an option is out of range.
 *
 * @example
 * import { createPremiumClient } from 'x-account-activity'
 *
 * const client = createPremiumClient({
 *   consumerKey: 'key',
 *   consumerSecret: 'secret',
 *   user: { accessToken: 'token-of-the-owner', accessTokenSecret: 'secret-of-the-token' },
 *   environment: 'production',
 * })
 *
 * async function register(url: string): Promise<string> {
 *   const webhook = await client.webhooks.create(url)
 *   return webhook.id
 * }
 */
export function createPremiumClient(options: PremiumClientOptions): PremiumClient {
  assertObject(options, 'options')
  return bindVerbs(createLegacyApi(options, premiumDialect(options.environment)))
}

function bindVerbs(api: LegacyApi<EnvironmentSubscriptionList>): PremiumClient {
  return {
    ...bindLegacyVerbs(api),
    environments: { list: (options) => listEnvironments(api, options) },
    as: (user) => bindVerbs(api.as(user)),
  }
}
