import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/webhooks/stream/introduction, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const wireLink = {
  webhook_id: id,
  application_id: '29462842',
  business_user_id: '2244994945',
  instance_id: '1967250000000000000',
  created_at: '2025-09-19T10:00:00.000Z',
  fields: ['user.fields=username', 'name', 'id', 'expansions=author_id'],
}
const link = {
  webhookId: id,
  applicationId: '29462842',
  businessUserId: '2244994945',
  instanceId: '1967250000000000000',
  createdAt: new Date(Date.UTC(2025, 8, 19, 10)),
  fields: { 'user.fields': ['username', 'name', 'id'], expansions: ['author_id'] },
}

describeV2(x, 'filteredStream.links.list', {
  call: (client, options) => client.filteredStream.links.list(options),
  sends: 'GET /2/tweets/search/webhooks',
  accepts: [
    [{ json: { data: { links: [wireLink] } } }, [link]],
    [{ json: { data: [wireLink] } }, [link]],
    [{ json: { links: [wireLink] } }, [link]],
    [{ json: { data: { links: [] } } }, []],
    [{ json: { meta: { result_count: 0 } } }, []],
    [{ json: { data: [{ webhook_id: id, created_at: null }] } }, [{ webhookId: id, fields: {} }]],
    // An entry without a parameter at the beginning belongs to none. A parameter may be there twice.
    [
      { json: { data: [{ webhook_id: id, fields: ['name', 'expansions=a', 'x=1', 'expansions=b', 'c'] }] } },
      [{ webhookId: id, fields: { expansions: ['a', 'b', 'c'], x: ['1'] } }],
    ],
  ],
  rejects: [
    [empty, ['']],
    [htmlPage, ['']],
    [{ json: { message: 'ok' } }, ['data']],
    [{ json: { data: [{ fields: [] }] } }, ['data.0.webhook_id']],
    [{ json: { data: { links: [{ ...wireLink, fields: [1] }] } } }, ['data.0.fields.0']],
  ],
})
