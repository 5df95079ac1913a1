import { path } from '../../http/path.ts'
import { assertText } from '../../internal/assert.ts'
import { premiumSubscriptionCount } from '../subscription-count.ts'
import { type EnvironmentSubscriptionList, environmentSubscriptionList } from '../subscription-list.ts'
import type { Dialect } from '../v1/dialect.ts'

/**
 * How premium says it, for one environment. A subscription is to the environment, and so to all its webhooks: no id of a
 * webhook stands in its path.
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

/** A label of the developer portal; upper and lower case are two names. */
function assertEnvironment(environment: unknown): asserts environment is string {
  assertText(environment, 'environment')
  if (!/^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/.test(environment)) {
    throw new RangeError('"environment" must be a name of letters, digits, "_", "-" and ".", not beginning with "."')
  }
}
