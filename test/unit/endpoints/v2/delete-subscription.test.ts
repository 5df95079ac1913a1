import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id, userId } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/account-activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()

describeV2(x, 'subscriptions.delete', {
  call: (client, options) => client.subscriptions.delete(id, userId, options),
  sends: `DELETE /2/account_activity/webhooks/${id}/subscriptions/${userId}/all`,
  accepts: [
    [{ json: { data: { subscribed: false } } }, undefined],
    [{ json: { data: { subscribed: true } } }, undefined],
    [empty, undefined],
    // Success is any 2xx: the body does not say more.
    [{ json: {} }, undefined],
    [{ json: { data: {} } }, undefined],
    [{ json: { data: null } }, undefined],
    [{ json: [] }, undefined],
    [{ json: { data: { subscribed: 'yes' } } }, undefined],
    [{ status: 202, text: 'Accepted' }, undefined],
  ],
  rejects: [[htmlPage, ['']]],
  ids: {
    webhookId: (client, invalid) => client.subscriptions.delete(invalid, '1'),
    userId: (client, invalid) => client.subscriptions.delete('1', invalid),
  },
})
