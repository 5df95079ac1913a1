import { both, commonFailures, describeV1, doneResponses, noSuchPage } from '../../../support/describe-endpoint.ts'
import { htmlPage, id } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests, responses and codes of the enterprise API:
// https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in https://github.com/xdevplatform/docs at
// commit 4c1aae9c. Those of the premium API: https://github.com/xdevplatform/autohook,
// https://github.com/linvi/tweetinvi, and the recordings in https://github.com/zammad/zammad.

const x = mockXApi()

describeV1(x, 'webhooks.validate', {
  call: (client, options) => client.webhooks.validate(id, options),
  sends: {
    premium: `PUT /1.1/account_activity/all/Dev-1/webhooks/${id}.json`,
    enterprise: `PUT /1.1/account_activity/webhooks/${id}.json`,
  },
  isSigned: true,
  accepts: both(doneResponses.map((script) => [script, { attempted: true }] as const)),
  rejects: [[htmlPage, ['']]],
  fails: [
    [404, 34, noSuchPage, 'WebhookIdInvalid', /List the webhooks/],
    [403, 214, 'High latency on CRC GET request.', 'CrcValidationFailed', /3 seconds/],
    [403, 214, 'Webhook URL does not meet the requirements.', 'CrcValidationFailed', /response_token/],
    ...commonFailures,
  ],
  ids: { webhookId: (client, invalid) => client.webhooks.validate(invalid) },
})
