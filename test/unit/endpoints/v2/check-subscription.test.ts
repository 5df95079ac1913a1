import { expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, id } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/account-activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()
const subscriptionPath = `/2/account_activity/webhooks/${id}/subscriptions/all`

describeV2(x, 'subscriptions.check', {
  call: (client, options) => client.subscriptions.check(id, options),
  sends: `GET ${subscriptionPath}`,
  isSigned: true,
  accepts: [
    [{ json: { data: { subscribed: true } } }, true],
    [{ json: { data: { subscribed: false } } }, false],
    [empty, true],
    [{ status: 404, json: { errors: [{ code: 34, message: 'Sorry, that page does not exist.' }] } }, false],
    [{ status: 404 }, false],
  ],
  rejects: [
    [{ json: { data: { subscribed: 'false' } } }, ['data.subscribed']],
    [{ json: { data: {} } }, ['data.subscribed']],
  ],
  ids: { webhookId: (client, invalid) => client.subscriptions.check(invalid) },
})

test.each([
  [
    'a path that does not exist',
    { status: 404, json: { title: 'Not Found', type: 'about:blank', detail: 'Not Found' } },
  ],
  ['a page of a gateway', { status: 404, text: '<html><title>404 Not Found</title></html>' }],
])('rejects with NotFound for %s', async (_, script) => {
  x.answers(script)
  await expect(createClient(patientOptions()).subscriptions.check(id)).rejects.toMatchObject({
    name: 'ApiError',
    reason: 'NotFound',
  })
})
