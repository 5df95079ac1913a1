import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/account-activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()
const count = {
  account_name: 'alices-desk',
  provisioned_count: '5000',
  subscriptions_count_all: '3',
  subscriptions_count_direct_messages: '1',
}

describeV2(x, 'subscriptions.count', {
  call: (client, options) => client.subscriptions.count(options),
  sends: 'GET /2/account_activity/subscriptions/count',
  accepts: [
    [
      { json: { data: count } },
      {
        accountName: 'alices-desk',
        provisionedCount: 5000,
        subscriptionsCountAll: 3,
        subscriptionsCountDirectMessages: 1,
      },
    ],
    [
      { json: { data: { ...count, provisioned_count: 0, subscriptions_count_all: '0' } } },
      {
        accountName: 'alices-desk',
        provisionedCount: 0,
        subscriptionsCountAll: 0,
        subscriptionsCountDirectMessages: 1,
      },
    ],
  ],
  rejects: [
    [empty, ['']],
    ...['', 'many', '-1', '1.5', 'NaN', -1, 1.5, null].map(
      (wrong) => [{ json: { data: { ...count, provisioned_count: wrong } } }, ['data.provisioned_count']] as const,
    ),
  ],
})
