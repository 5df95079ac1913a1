import { commonFailures, describeV1 } from '../../../support/describe-endpoint.ts'
import { empty } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests, responses and codes of the enterprise API:
// https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in https://github.com/xdevplatform/docs at
// commit 4c1aae9c. Those of the premium API: https://github.com/xdevplatform/autohook,
// https://github.com/linvi/tweetinvi, and the recordings in https://github.com/zammad/zammad.

const x = mockXApi()

describeV1(x, 'subscriptions.count', {
  call: (client, options) => client.subscriptions.count(options),
  sends: {
    premium: 'GET /1.1/account_activity/all/subscriptions/count.json',
    enterprise: 'GET /1.1/account_activity/subscriptions/count.json',
  },
  accepts: {
    premium: [
      [
        { json: { account_name: 'alices-desk', subscriptions_count: '3', provisioned_count: '250' } },
        {
          accountName: 'alices-desk',
          provisionedCount: 250,
          subscriptionsCountAll: 3,
          subscriptionsCountDirectMessages: 0,
        },
      ],
    ],
    enterprise: [
      [
        {
          json: {
            account_name: 'alices-desk',
            subscriptions_count_all: '3',
            subscriptions_count_direct_messages: '1',
            provisioned_count: '250',
          },
        },
        {
          accountName: 'alices-desk',
          provisionedCount: 250,
          subscriptionsCountAll: 3,
          subscriptionsCountDirectMessages: 1,
        },
      ],
    ],
  },
  rejects: [
    [empty, ['']],
    ...['', 'many', '-1', 1.5, null].map(
      (wrong) =>
        [
          {
            json: {
              account_name: 'alices-desk',
              subscriptions_count: '3',
              subscriptions_count_all: '3',
              subscriptions_count_direct_messages: '1',
              provisioned_count: wrong,
            },
          },
          ['provisioned_count'],
        ] as const,
    ),
  ],
  fails: commonFailures,
})
