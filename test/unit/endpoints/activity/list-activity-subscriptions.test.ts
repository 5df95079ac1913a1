import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { collect, subscription, subscriptionId, wireSubscription } from '../../../support/activity-values.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, invalidIds } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions, secrets } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const list = (options?: object) => collect(() => createClient(patientOptions()).activity.subscriptions.list(options))

describeV2(x, 'activity.subscriptions.list', {
  call: (client, options) => collect(() => client.activity.subscriptions.list(options)),
  sends: 'GET /2/activity/subscriptions?max_results=1000',
  accepts: [
    [{ json: { data: [wireSubscription], meta: { total_subscriptions: 1 } } }, [subscription]],
    [{ json: { data: [wireSubscription], meta: { result_count: '1' } } }, [subscription]],
    [{ json: { data: [wireSubscription] } }, [subscription]],
    [{ json: { meta: { result_count: 0 } } }, []],
    [{ json: { data: null, meta: { total_subscriptions: '0' } } }, []],
    [{ json: {} }, []],
    [
      {
        json: {
          data: [
            {
              subscription_id: subscriptionId,
              event_type: 'like.create',
              filter: { user_id: '1', direction: 'inbound', qualifiers: { post_id: '2' } },
              expires_at: '2026-12-31T00:00:00Z',
            },
            { subscription_id: '7', event_type: 'news.new', filter: { keyword: 'x' }, tag: null, webhook_id: null },
            { subscription_id: '8', event_type: 'oauth.revoke' },
            // A word of X's changelog of 18 March 2026. Its schema of the response allows any.
            { subscription_id: '9', event_type: 'dm.received', filter: { user_id: '1', direction: 'received' } },
          ],
        },
      },
      [
        {
          id: subscriptionId,
          eventType: 'like.create',
          filter: { userId: '1', direction: 'inbound', qualifiers: { post_id: '2' } },
          expiresAt: new Date(Date.UTC(2026, 11, 31)),
        },
        { id: '7', eventType: 'news.new', filter: { keyword: 'x' } },
        { id: '8', eventType: 'oauth.revoke', filter: {} },
        { id: '9', eventType: 'dm.received', filter: { userId: '1', direction: 'received' } },
      ],
    ],
  ],
  rejects: [
    [empty, ['']],
    [htmlPage, ['']],
    [{ json: { message: 'ok' } }, ['data']],
    [{ json: { data: [{ event_type: 'post.create' }] } }, ['data.0.subscription_id']],
    [{ json: { data: [{ ...wireSubscription, created_at: 'yesterday' }] } }, ['data.0.created_at']],
  ],
})

describe('activity.subscriptions.list', () => {
  const entry = (subscription_id: string) => ({ ...wireSubscription, subscription_id })
  const page = (ids: string[], next_token?: string) => ({ json: { data: ids.map(entry), meta: { next_token } } })

  test('requests the next page when it is needed', async () => {
    x.answers(page(['1', '2'], 'aaaaaaaaaaaaaaaa'), page([], 'bbbbbbbbbbbbbbbb'), page(['3']))
    expect((await list({ pageSize: 2, userId: '12' })).map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(x.requests.map(({ path }) => path)).toEqual([
      '/2/activity/subscriptions?max_results=2&user_id=12',
      '/2/activity/subscriptions?max_results=2&user_id=12&pagination_token=aaaaaaaaaaaaaaaa',
      '/2/activity/subscriptions?max_results=2&user_id=12&pagination_token=bbbbbbbbbbbbbbbb',
    ])
    expect(new Set(x.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${secrets.bearerToken}`]),
    )
  })

  test('sends nothing for a page that is not needed', async () => {
    x.answers(page(['1', '2'], 'aaaaaaaaaaaaaaaa'))
    for await (const { id } of createClient(patientOptions()).activity.subscriptions.list()) {
      if (id === '2') break
    }
    expect(x.requests).toHaveLength(1)
  })

  test('sends nothing before the iteration, and begins with the first page in each', async () => {
    const subscriptions = createClient(patientOptions()).activity.subscriptions.list()
    expect(x.requests).toEqual([])
    x.answers(page(['1']), page(['2']))
    expect((await collect(() => subscriptions)).map(({ id }) => id)).toEqual(['1'])
    expect((await collect(() => subscriptions)).map(({ id }) => id)).toEqual(['2'])
  })

  test.each([
    ['the same token', ['a'.repeat(16), 'a'.repeat(16)], 2],
    ['an earlier token', ['a'.repeat(16), 'b'.repeat(16), 'a'.repeat(16)], 3],
    ['an empty token', [''], 1],
  ])('ends at %s', async (_, tokens, count) => {
    x.answers(...tokens.map((token, index) => page([String(index)], token)))
    expect(await list()).toHaveLength(count)
  })

  test.each([0, 1001, Number.NaN, Number.POSITIVE_INFINITY, 1.5])('refuses a page size of %s', (pageSize) => {
    expect(() => createClient(patientOptions()).activity.subscriptions.list({ pageSize })).toThrow(/"pageSize" must/)
  })

  test.each([1, 1000])('accepts a page size of %s', async (pageSize) => {
    x.answers(page([]))
    expect(await list({ pageSize })).toEqual([])
  })

  test.each(invalidIds.slice(1))('refuses a user id that is %s', (_, userId, Expected) => {
    const call = () => createClient(patientOptions()).activity.subscriptions.list({ userId: userId as string })
    expect(call).toThrow(Expected)
    expect(call).toThrow(/"userId" must/)
  })

  test('rejects with the 403 for a token of the wrong kind', async () => {
    x.answers({
      status: 403,
      json: {
        title: 'Unsupported Authentication',
        detail:
          'Authenticating with OAuth 2.0 User Context is forbidden for this endpoint. Supported: Application-Only.',
        type: 'https://api.x.com/2/problems/unsupported-authentication',
        status: 403,
      },
    })
    await expect(list()).rejects.toMatchObject({
      name: 'ApiError',
      endpoint: 'activity.subscriptions.list',
      reason: 'Forbidden',
      message: expect.stringContaining('other kind of authentication'),
    })
  })
})
