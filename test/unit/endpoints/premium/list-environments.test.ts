import { describe, expect, test } from 'vitest'
import type { ResponseError } from '../../../../src/errors/response-error.ts'
import { createPremium } from '../../../support/describe-endpoint.ts'
import { empty, invalidOptions, webhook, wireWebhook } from '../../../support/endpoint-values.ts'
import { mockXApi, type Script, secrets } from '../../../support/x-api.ts'

// Requests, responses and codes of the enterprise API:
// https://docs.x.com/x-api/enterprise-gnip-2.0/fundamentals/account-activity, in https://github.com/xdevplatform/docs at
// commit 4c1aae9c. Those of the premium API: https://github.com/xdevplatform/autohook,
// https://github.com/linvi/tweetinvi, and the recordings in https://github.com/zammad/zammad.

const x = mockXApi()

describe('environments.list', () => {
  const list = () => createPremium().environments.list()

  test('sends the request that X documents', async () => {
    x.answers({ json: { environments: [] } })
    expect(await list()).toEqual([])
    expect(x.requests).toMatchObject([
      {
        method: 'GET',
        path: '/1.1/account_activity/all/webhooks.json',
        authorization: `Bearer ${secrets.bearerToken}`,
      },
    ])
  })

  test('returns each environment with its webhooks', async () => {
    const environments = [
      { environment_name: 'Dev-1', webhooks: [wireWebhook] },
      { environment_name: 'prod', webhooks: [] },
      { environment_name: '__proto__' },
    ]
    x.answers({ json: { environments } })
    expect(await list()).toEqual([
      { name: 'Dev-1', webhooks: [webhook] },
      { name: 'prod', webhooks: [] },
      { name: '__proto__', webhooks: [] },
    ])
  })

  test.each<readonly [Script, readonly string[]]>([
    [empty, ['']],
    [{ json: [] }, ['']],
    [{ json: {} }, ['environments']],
    [{ json: { environments: [{ webhooks: [] }] } }, ['environments.0.environment_name']],
  ])('rejects with a ResponseError for %j', async (script, paths) => {
    x.answers(script)
    const error: unknown = await list().catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ResponseError', endpoint: 'environments.list' })
    expect((error as ResponseError).issues.map((issue) => issue.path.join('.'))).toEqual(paths)
  })

  test('rejects with the reason if X refuses', async () => {
    x.answers({ status: 403, json: { errors: [{ code: 99, message: 'Unable to verify your credentials' }] } })
    await expect(list()).rejects.toMatchObject({ endpoint: 'environments.list', reason: 'Forbidden' })
  })

  test.each(invalidOptions)('refuses %s and sends nothing', async (_, options) => {
    await expect(createPremium().environments.list(options as object)).rejects.toThrow(TypeError)
    expect(x.requests).toEqual([])
  })
})
