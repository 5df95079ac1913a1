import { both, commonFailures, describeV1, doneResponses, noSuchPage } from '../../../support/describe-endpoint.ts'
import { htmlPage, id, userId } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests, responses and codes of the enterprise API:
// https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in https://github.com/xdevplatform/docs at
// commit 4c1aae9c. Those of the premium API: https://github.com/xdevplatform/autohook,
// https://github.com/linvi/tweetinvi, and the recordings in https://github.com/zammad/zammad.

const x = mockXApi()

describeV1(x, 'subscriptions.delete', {
  call: (client, options) => client.subscriptions.delete(id, userId, options),
  sends: {
    premium: `DELETE /1.1/account_activity/all/Dev-1/subscriptions/${userId}.json`,
    enterprise: `DELETE /1.1/account_activity/webhooks/${id}/subscriptions/${userId}/all.json`,
  },
  accepts: both(doneResponses.map((script) => [script, undefined] as const)),
  rejects: [[htmlPage, ['']]],
  fails: [[404, 34, noSuchPage, 'SubscriptionNotFound', /Nothing needs to be deleted/], ...commonFailures],
  ids: {
    webhookId: (client, invalid) => client.subscriptions.delete(invalid, '1'),
    userId: (client, invalid) => client.subscriptions.delete('1', invalid),
  },
})
