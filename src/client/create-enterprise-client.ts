import { createReplay } from '../endpoints/enterprise/create-replay.ts'
import { enterpriseDialect } from '../endpoints/enterprise/enterprise-dialect.ts'
import { bindLegacyVerbs } from './bind-legacy-verbs.ts'
import type { ClientOptions } from './client-options.ts'
import { createLegacyApi } from './create-api.ts'
import type { EnterpriseClient } from './enterprise-client.ts'

/**
 * A client of X's enterprise Account Activity API, version 1.1. Its calls are those of v2; replay reaches five days back
 * (`enterpriseReplayRules`). Code that takes an `AccountActivityClient` takes it, too.
 *
 * Webhooks are created, validated and deleted on behalf of the owner of the app: that is `user`. Of user tokens, version
 * 1.1 takes those of OAuth 1.0a only.
 *
 * @throws TypeError when a key is missing or an option is of the wrong type.
 * @throws RangeError when a key is empty or has white space at its ends, or an option is out of range.
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
  const api = createLegacyApi(options, enterpriseDialect)
  return {
    ...bindLegacyVerbs(api),
    replay: { create: (webhookId, window, options) => createReplay(api, webhookId, window, options) },
  }
}
