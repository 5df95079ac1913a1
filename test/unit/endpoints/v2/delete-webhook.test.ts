import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, id } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/webhooks/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()

describeV2(x, 'webhooks.delete', {
  call: (client, options) => client.webhooks.delete(id, options),
  sends: `DELETE /2/webhooks/${id}`,
  accepts: [
    [{ json: { data: { deleted: true } } }, undefined],
    [{ json: { deleted: true } }, undefined],
    [empty, undefined],
    [{ text: '' }, undefined],
    [{ json: {} }, undefined],
    [{ json: { data: {} } }, undefined],
  ],
  rejects: [[{ json: { data: { deleted: false } } }, ['data.deleted']]],
  ids: { webhookId: (client, invalid) => client.webhooks.delete(invalid) },
})
