import { expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions, refusal } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/webhooks/stream/introduction, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()

describeV2(x, 'filteredStream.links.delete', {
  call: (client, options) => client.filteredStream.links.delete(id, options),
  sends: `DELETE /2/tweets/search/webhooks/${id}`,
  accepts: [
    [{ json: { data: { deleted: true } } }, undefined],
    [{ json: {} }, undefined],
    [empty, undefined],
  ],
  rejects: [
    [{ json: { data: { deleted: false } } }, ['data.deleted']],
    [htmlPage, ['']],
  ],
  ids: { webhookId: (client, invalid) => client.filteredStream.links.delete(invalid) },
})

test('filteredStream.links.delete rejects with reason WebhookIdInvalid, but not after a lost response', async () => {
  const remove = () => createClient(patientOptions()).filteredStream.links.delete(id)
  x.answers(refusal('WebhookIdInvalid: no such webhook'))
  await expect(remove()).rejects.toMatchObject({ name: 'ApiError', reason: 'WebhookIdInvalid' })
  x.answers({ network: 'lost' }, refusal('WebhookIdInvalid: no such webhook'))
  expect(await remove()).toBeUndefined()
})
