import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, id } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/webhooks/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()

describeV2(x, 'webhooks.validate', {
  call: (client, options) => client.webhooks.validate(id, options),
  sends: `PUT /2/webhooks/${id}`,
  accepts: [
    [{ json: { data: { valid: true } } }, { attempted: true }],
    [{ json: { data: { attempted: true } } }, { attempted: true }],
    [{ json: { attempted: false } }, { attempted: false }],
    [empty, { attempted: true }],
  ],
  rejects: [
    [{ json: { data: {} } }, ['data']],
    [{ json: { data: { valid: 1 } } }, ['data.valid']],
  ],
  ids: { webhookId: (client, invalid) => client.webhooks.validate(invalid) },
})
