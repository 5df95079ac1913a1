import { commonFailures, describeV1, noSuchPage } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id, userId } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests, responses and codes of the enterprise API:
// https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in https://github.com/xdevplatform/docs at
// commit 4c1aae9c. Those of the premium API: https://github.com/xdevplatform/autohook,
// https://github.com/linvi/tweetinvi, and the recordings in https://github.com/zammad/zammad.

const x = mockXApi()

describeV1(x, 'subscriptions.list', {
  call: (client, options) => client.subscriptions.list(id, options),
  sends: {
    premium: 'GET /1.1/account_activity/all/Dev-1/subscriptions/list.json',
    enterprise: `GET /1.1/account_activity/webhooks/${id}/subscriptions/all/list.json`,
  },
  accepts: {
    premium: [
      [
        { json: { environment: 'Dev-1', application_id: '13090192', subscriptions: [{ user_id: userId }] } },
        { environment: 'Dev-1', applicationId: '13090192', subscriptions: [{ userId }] },
      ],
      [
        { json: { environment: 'Dev-1', application_id: 13090192 } },
        { environment: 'Dev-1', applicationId: '13090192', subscriptions: [] },
      ],
    ],
    enterprise: [
      [
        {
          json: {
            webhook_id: id,
            webhook_url: 'https://example.com/hook',
            application_id: '13090192',
            subscriptions: [{ user_id: userId }],
          },
        },
        {
          webhookId: id,
          webhookUrl: 'https://example.com/hook',
          applicationId: '13090192',
          subscriptions: [{ userId }],
        },
      ],
    ],
  },
  rejects: [
    [empty, ['']],
    [htmlPage, ['']],
    [
      {
        json: {
          environment: 'Dev-1',
          webhook_id: id,
          webhook_url: 'https://example.com/hook',
          application_id: '13090192',
          subscriptions: [{ user_id: 2 ** 60 }],
        },
      },
      ['subscriptions.0.user_id'],
    ],
  ],
  fails: [[404, 34, noSuchPage, 'WebhookIdInvalid', /List the webhooks/], ...commonFailures],
  ids: { webhookId: (client, invalid) => client.subscriptions.list(invalid) },
})
