import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id, invalidUrls, webhook, wireWebhook } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/webhooks/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()

describeV2(x, 'webhooks.create', {
  call: (client, options) => client.webhooks.create('https://example.com/hook', options),
  sends: 'POST /2/webhooks',
  body: { url: 'https://example.com/hook' },
  accepts: [
    [{ json: { data: wireWebhook } }, webhook],
    [{ json: wireWebhook }, webhook],
    [{ status: 201, json: { data: { ...wireWebhook, added_tomorrow: 1 } } }, webhook],
    [{ json: { data: { ...wireWebhook, id: 77 } } }, { ...webhook, id: '77' }],
    [{ json: { data: { id, url: wireWebhook.url, valid: false } } }, { id, url: wireWebhook.url, valid: false }],
    [{ json: { data: wireWebhook, errors: [{ title: 'besides' }] } }, webhook],
  ],
  rejects: [
    [empty, ['']],
    [htmlPage, ['']],
    [{ json: { data: { ...wireWebhook, id: 2 ** 53 } } }, ['data.id']],
    [{ json: { data: { ...wireWebhook, valid: 'true' } } }, ['data.valid']],
    [{ json: { data: { ...wireWebhook, created_at: 'yesterday' } } }, ['data.created_at']],
    [{ json: { data: [wireWebhook] } }, ['data']],
    [{ json: [] }, ['']],
    [{ text: 'null' }, ['']],
  ],
})

describe('refuses an invalid URL and sends nothing', () => {
  test.each(invalidUrls)('%s', async (_, url, Expected) => {
    const error: unknown = await createClient(patientOptions())
      .webhooks.create(url as string)
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(Expected)
    expect((error as Error).message).toMatch('"url" must')
    expect(x.requests).toEqual([])
  })
})

test.each([`https://example.com/${'h'.repeat(180)}`, 'http://127.0.0.1:8080/hook', 'https://example.com/?a=b'])(
  'sends the URL unchanged: %s',
  async (url) => {
    x.answers({ json: { data: wireWebhook } })
    await createClient(patientOptions()).webhooks.create(url)
    expect(x.requests[0]?.body).toBe(JSON.stringify({ url }))
  },
)
