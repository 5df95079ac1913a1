import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, id } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/account-activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()
const subscriptionPath = `/2/account_activity/webhooks/${id}/subscriptions/all`
const list = {
  application_id: '13090192',
  webhook_id: id,
  webhook_url: 'https://example.com/hook',
  subscriptions: [{ user_id: '2244994945' }, { user_id: '1100000000000000001' }],
}
const result = {
  applicationId: '13090192',
  webhookId: id,
  webhookUrl: 'https://example.com/hook',
  subscriptions: [{ userId: '2244994945' }, { userId: '1100000000000000001' }],
}

describeV2(x, 'subscriptions.list', {
  call: (client, options) => client.subscriptions.list(id, options),
  sends: `GET ${subscriptionPath}/list`,
  accepts: [
    [{ json: { data: list } }, result],
    ...[{ subscriptions: [] }, { subscriptions: undefined }, { subscriptions: null }].map(
      (none) => [{ json: { data: { ...list, ...none } } }, { ...result, subscriptions: [] }] as const,
    ),
  ],
  rejects: [
    [empty, ['']],
    [{ json: { data: { ...list, subscriptions: [{ user_id: 2 ** 60 }] } } }, ['data.subscriptions.0.user_id']],
    [{ json: { data: { ...list, subscriptions: {} } } }, ['data.subscriptions']],
  ],
  ids: { webhookId: (client, invalid) => client.subscriptions.list(invalid) },
})
