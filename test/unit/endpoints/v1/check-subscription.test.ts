import { both, commonFailures, describeV1, noSuchPage } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests, responses and codes of the enterprise API:
// https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in https://github.com/xdevplatform/docs at
// commit 4c1aae9c. Those of the premium API: https://github.com/xdevplatform/autohook,
// https://github.com/linvi/tweetinvi, and the recordings in https://github.com/zammad/zammad.

const x = mockXApi()

describeV1(x, 'subscriptions.check', {
  call: (client, options) => client.subscriptions.check(id, options),
  sends: {
    premium: 'GET /1.1/account_activity/all/Dev-1/subscriptions.json',
    enterprise: `GET /1.1/account_activity/webhooks/${id}/subscriptions/all.json`,
  },
  isSigned: true,
  accepts: both([
    [empty, true],
    [{ json: {} }, true],
    [{ status: 404, json: { errors: [{ code: 34, message: noSuchPage }] } }, false],
    [{ status: 404 }, false],
  ]),
  rejects: [[htmlPage, ['']]],
  fails: [[404, 50, 'User not found.', 'NotFound', /base URL/], ...commonFailures],
  ids: { webhookId: (client, invalid) => client.subscriptions.check(invalid) },
})
