import { describe, expect, test } from 'vitest'
import {
  both,
  commonFailures,
  createEnterprise,
  createPremium,
  describeV1,
} from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, id, invalidUrls, webhook, wireWebhook } from '../../../support/endpoint-values.ts'
import { mockXApi } from '../../../support/x-api.ts'

// Requests, responses and codes of the enterprise API:
// https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in https://github.com/xdevplatform/docs at
// commit 4c1aae9c. Those of the premium API: https://github.com/xdevplatform/autohook,
// https://github.com/linvi/tweetinvi, and the recordings in https://github.com/zammad/zammad.

const x = mockXApi()
const url = 'https://example.com/hook?a=b&c=ü+%20d'
const encodedUrl = 'https%3A%2F%2Fexample.com%2Fhook%3Fa%3Db%26c%3D%C3%BC%2B%2520d'

describeV1(x, 'webhooks.create', {
  call: (client, options) => client.webhooks.create(url, options),
  sends: {
    premium: `POST /1.1/account_activity/all/Dev-1/webhooks.json?url=${encodedUrl}`,
    enterprise: `POST /1.1/account_activity/webhooks.json?url=${encodedUrl}`,
  },
  isSigned: true,
  accepts: both([
    [{ json: { ...wireWebhook, url } }, { ...webhook, url }],
    // Recorded with the premium API: https://github.com/zammad/zammad
    [
      { json: { id, url, valid: true, created_timestamp: '2020-03-23 06:50:00 +0000' } },
      { ...webhook, url, createdAt: new Date(Date.UTC(2020, 2, 23, 6, 50)) },
    ],
    [
      { json: { id, url, valid: true, created_timestamp: '2020-03-23 06:50:00 -0130' } },
      { ...webhook, url, createdAt: new Date(Date.UTC(2020, 2, 23, 8, 20)) },
    ],
    [
      { status: 201, json: { id, url, valid: false } },
      { id, url, valid: false },
    ],
  ]),
  rejects: [
    [empty, ['']],
    [htmlPage, ['']],
    [{ json: { ...wireWebhook, id: 2 ** 60 } }, ['id']],
    [{ json: { ...wireWebhook, created_timestamp: 'yesterday' } }, ['created_timestamp']],
    [{ json: [wireWebhook] }, ['']],
  ],
  fails: [
    [403, 214, 'Webhook URL does not meet the requirements.', 'UrlValidationFailed', /public https URL/],
    [
      403,
      214,
      'Webhook URL does not meet the requirements. Invalid CRC token or json response format.',
      'CrcValidationFailed',
      /response_token/,
    ],
    [
      403,
      214,
      'High latency on CRC GET request. Your webhook should respond in less than 3 seconds.',
      'CrcValidationFailed',
      /3 seconds/,
    ],
    [403, 214, 'Non-200 response code during CRC GET request (i.e. 404, 500, etc).', 'CrcValidationFailed', /200/],
    [403, 214, 'Too many resources already created.', 'WebhookLimitExceeded', /over all its apps/],
    [400, 214, 'Too many resources already created.', 'WebhookLimitExceeded', /over all its apps/],
    [403, 214, 'Something new.', 'Forbidden', /did not accept the webhook URL/],
    [400, 214, 'Something new.', 'Unknown', /did not accept the webhook URL/],
    [403, 261, 'Application cannot perform write actions.', 'Forbidden', /Read, Write and Direct Messages/],
    [400, 369, 'Invalid JSON syntax.', 'Unknown', /as JSON/],
    ...commonFailures,
  ],
})

describe.each([
  ['premium', createPremium],
  ['enterprise', createEnterprise],
] as const)('%s: refuses an invalid URL and sends nothing', (_, create) => {
  test.each(invalidUrls)('%s', async (_, invalid, Expected) => {
    await expect(create().webhooks.create(invalid as string)).rejects.toThrow(Expected)
    expect(x.requests).toEqual([])
  })
})
