import { listEnvironments } from '../endpoints/premium/list-environments.ts'
import { premiumDialect } from '../endpoints/premium/premium-dialect.ts'
import { assertObject } from '../internal/assert.ts'
import { bindLegacyVerbs } from './bind-legacy-verbs.ts'
import type { ClientOptions } from './client-options.ts'
import { createLegacyApi } from './create-api.ts'
import type { PremiumClient } from './premium-client.ts'

/** What a premium client is made of: a client's options, and an environment. */
export interface PremiumClientOptions extends ClientOptions {
  /**
   * The label of the environment, as the developer portal shows it: letters, digits, `_`, `-` and `.`. Upper and lower
   * case are two labels.
   */
  readonly environment: string
}

/**
 * A client of X's premium Account Activity API, version 1.1. Its calls are those of v2, as far as premium has them; there
 * is no replay. Code that takes an `AccountActivityClient` takes it, too.
 *
 * Webhooks are created, validated and deleted on behalf of the owner of the app: that is `user`. Of user tokens, version
 * 1.1 takes those of OAuth 1.0a only.
 *
 * @throws TypeError when a key or the environment is missing, or an option is of the wrong type.
 * @throws RangeError when a key is empty or has white space at its ends, or an option is out of range.
 *
 * @example
 * import { createPremiumClient } from 'x-account-activity'
 *
 * const client = createPremiumClient({
 *   consumerKey: 'key',
 *   consumerSecret: 'secret',
 *   user: { accessToken: 'token of the owner', accessTokenSecret: 'its secret' },
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
  const api = createLegacyApi(options, premiumDialect(options.environment))
  return { ...bindLegacyVerbs(api), environments: { list: (options) => listEnvironments(api, options) } }
}
