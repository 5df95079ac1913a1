import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { subscriptionId } from '../../../support/activity-values.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const remove = () => createClient(patientOptions()).activity.subscriptions.delete(subscriptionId)

describeV2(x, 'activity.subscriptions.delete', {
  call: (client, options) => client.activity.subscriptions.delete(subscriptionId, options),
  sends: `DELETE /2/activity/subscriptions/${subscriptionId}`,
  accepts: [
    [{ json: { data: { deleted: true }, meta: { total_subscriptions: '3' } } }, undefined],
    [{ json: { data: { deleted: true } } }, undefined],
    [{ json: { data: {} } }, undefined],
    [{ json: {} }, undefined],
    [empty, undefined],
  ],
  rejects: [
    [{ json: { data: { deleted: false } } }, ['data.deleted']],
    [htmlPage, ['']],
  ],
  ids: { id: (client, invalid) => client.activity.subscriptions.delete(invalid) },
})

describe('activity.subscriptions.delete', () => {
  test.each([404, 410])('succeeds for HTTP %s: it is deleted already', async (status) => {
    x.answers({ status, json: { title: 'Not Found Error', type: 'https://api.x.com/2/problems/resource-not-found' } })
    expect(await remove()).toBeUndefined()
  })

  test('rejects for a 404 of another server', async () => {
    x.answers({ status: 404, ...htmlPage })
    await expect(remove()).rejects.toMatchObject({ name: 'ApiError', reason: 'NotFound', status: 404 })
  })

  test('retries a 503', async () => {
    x.answers({ status: 503 }, { json: { data: { deleted: true } } })
    expect(await remove()).toBeUndefined()
  })
})
