import { path } from '../../http/path.ts'
import { assertText } from '../../internal/assert.ts'
import { premiumSubscriptionCount } from '../subscription-count.ts'
import { type EnvironmentSubscriptionList, environmentSubscriptionList } from '../subscription-list.ts'
import type { Dialect } from '../v1/dialect.ts'

/**
 * Paths and schemas of the premium API, for one environment. A subscription applies to all webhooks of the environment,
 * so its path has no webhook id.
 */
export function premiumDialect(environment: string): Dialect<EnvironmentSubscriptionList> {
  assertEnvironment(environment)
  const root = path`/1.1/account_activity/all/${environment}`
  return {
    paths: {
      webhooks: `${root}/webhooks.json`,
      webhook: (webhookId) => root + path`/webhooks/${webhookId}.json`,
      ownSubscription: () => `${root}/subscriptions.json`,
      subscription: (_, userId) => root + path`/subscriptions/${userId}.json`,
      subscriptions: () => `${root}/subscriptions/list.json`,
      count: '/1.1/account_activity/all/subscriptions/count.json',
    },
    subscriptionList: environmentSubscriptionList,
    subscriptionCount: premiumSubscriptionCount,
  }
}

/** Checks the label of an environment. It is case-sensitive. */
function assertEnvironment(environment: unknown): asserts environment is string {
  assertText(environment, 'environment')
  if (!/^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/.test(environment)) {
    throw new RangeError('"environment" must be a name of letters, digits, "_", "-" and ".", not beginning with "."')
  }
}
