import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, webhook, wireWebhook } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/webhooks/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()

describeV2(x, 'webhooks.list', {
  call: (client, options) => client.webhooks.list(options),
  sends: 'GET /2/webhooks',
  accepts: [
    [{ json: { data: [wireWebhook], meta: { result_count: 1 } } }, [webhook]],
    [{ json: { data: [], meta: { result_count: 0 } } }, []],
    [{ json: { data: [] } }, []],
    [{ json: { meta: { result_count: 0 } } }, []],
  ],
  rejects: [
    [empty, ['']],
    [{ json: { meta: { result_count: 2 } } }, ['data']],
    [{ json: { message: 'ok' } }, ['data']],
    [{ json: { data: [wireWebhook, { ...wireWebhook, url: 1 }] } }, ['data.1.url']],
  ],
})
