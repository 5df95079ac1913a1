import { both, commonFailures, describeV1 } from '../../../support/describe-endpoint.ts'
import { empty, webhook, wireWebhook } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests, responses and codes of the enterprise API:
// https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in https://github.com/xdevplatform/docs at
// commit 4c1aae9c. Those of the premium API: https://github.com/xdevplatform/autohook,
// https://github.com/linvi/tweetinvi, and the recordings in https://github.com/zammad/zammad.

const x = mockXApi()

describeV1(x, 'webhooks.list', {
  call: (client, options) => client.webhooks.list(options),
  sends: {
    premium: 'GET /1.1/account_activity/all/Dev-1/webhooks.json',
    enterprise: 'GET /1.1/account_activity/webhooks.json',
  },
  accepts: both([
    [{ json: [wireWebhook] }, [webhook]],
    [{ json: [] }, []],
  ]),
  rejects: [
    [empty, ['']],
    [{ json: { data: [wireWebhook] } }, ['']],
    [{ json: [wireWebhook, { ...wireWebhook, valid: 'true' }] }, ['1.valid']],
  ],
  fails: [[403, 99, 'Unable to verify your credentials', 'Forbidden', /consumer key/], ...commonFailures],
})
