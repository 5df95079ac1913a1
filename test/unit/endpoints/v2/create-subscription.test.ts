import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/account-activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()
const subscriptionPath = `/2/account_activity/webhooks/${id}/subscriptions/all`

describeV2(x, 'subscriptions.create', {
  call: (client, options) => client.subscriptions.create(id, options),
  sends: `POST ${subscriptionPath}`,
  body: {},
  isSigned: true,
  accepts: [
    [{ json: { data: { subscribed: true } } }, undefined],
    [empty, undefined],
    [{ text: '' }, undefined],
    // Success is any 2xx: X documents `subscribed`, and servers of its samples leave it out.
    [{ json: {} }, undefined],
    [{ json: { data: {} } }, undefined],
    [{ json: { data: null } }, undefined],
    [{ json: [] }, undefined],
    [{ json: { data: { subscribed: 'yes' } } }, undefined],
    [{ status: 202, text: 'Accepted' }, undefined],
  ],
  rejects: [
    [{ json: { data: { subscribed: false } } }, ['data.subscribed']],
    [{ json: { subscribed: false } }, ['data.subscribed']],
    [htmlPage, ['']],
  ],
  ids: { webhookId: (client, invalid) => client.subscriptions.create(invalid) },
})
