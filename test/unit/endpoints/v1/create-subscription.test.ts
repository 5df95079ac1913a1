import { both, commonFailures, describeV1, doneResponses, noSuchPage } from '../../../support/describe-endpoint.ts'
import { htmlPage, id } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests, responses and codes of the enterprise API:
// https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in https://github.com/xdevplatform/docs at
// commit 4c1aae9c. Those of the premium API: https://github.com/xdevplatform/autohook,
// https://github.com/linvi/tweetinvi, and the recordings in https://github.com/zammad/zammad.

const x = mockXApi()

describeV1(x, 'subscriptions.create', {
  call: (client, options) => client.subscriptions.create(id, options),
  sends: {
    premium: 'POST /1.1/account_activity/all/Dev-1/subscriptions.json',
    enterprise: `POST /1.1/account_activity/webhooks/${id}/subscriptions/all.json`,
  },
  isSigned: true,
  accepts: both(doneResponses.map((script) => [script, undefined] as const)),
  rejects: [[htmlPage, ['']]],
  fails: [
    // Recorded: https://github.com/zammad/zammad
    [409, 355, 'Subscription already exists.', 'DuplicateSubscriptionFailed', /Nothing needs to be done/],
    [404, 34, noSuchPage, 'WebhookIdInvalid', /List the webhooks/],
    [403, 348, 'Client application may not access this resource.', 'Forbidden', /authorise the app first/],
    [403, 261, 'Application cannot perform write actions.', 'Forbidden', /issue the access tokens again/],
    [403, 0, 'Too many subscriptions.', 'SubscriptionLimitExceeded', /Delete a subscription/],
    ...commonFailures,
  ],
  ids: { webhookId: (client, invalid) => client.subscriptions.create(invalid) },
})
