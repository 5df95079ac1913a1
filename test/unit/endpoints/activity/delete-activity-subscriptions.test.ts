import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import { describeEndpoint } from '../../../support/describe-endpoint.ts'
import { empty, htmlPage, invalidIds } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions, refusal, type Script } from '../../../support/x-api.ts'

// Requests and responses: the OpenAPI description of X in https://github.com/xdevplatform/docs, versions 2.165 to 2.169.

const x = mockXApi()
const endpoint = 'activity.subscriptions.deleteMany'
const create = () => createClient(patientOptions())
const remove = (ids: readonly string[], options?: object) => create().activity.subscriptions.deleteMany(ids, options)
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1))
const done: Script = { json: { meta: { total_subscriptions: 0 } } }
const failure = { subscription_id: '2', reason: 'NotFound', message: 'No such subscription.' }

describeEndpoint(x, endpoint, create, {
  call: (client, options) => client.activity.subscriptions.deleteMany(['1', '2'], options),
  sends: 'DELETE /2/activity/subscriptions?ids=1%2C2',
  accepts: [
    [
      {
        json: {
          data: [
            { subscription_id: '1', deleted: true },
            { subscription_id: '2', deleted: true },
          ],
          meta: { total_subscriptions: 0 },
        },
      },
      { deleted: ['1', '2'], failed: [] },
    ],
    [
      {
        json: {
          data: [{ subscription_id: '1', deleted: true }],
          errors: [failure],
          meta: { total_subscriptions: '1' },
        },
      },
      { deleted: ['1'], failed: [{ id: '2', reason: 'NotFound', message: 'No such subscription.' }] },
    ],
    [
      { json: { data: [{ subscription_id: '1' }, { subscription_id: '2', deleted: false }] } },
      { deleted: ['1'], failed: [{ id: '2', reason: 'Unknown' }] },
    ],
    [
      { json: { data: [], errors: [{ subscription_id: '2' }] } },
      { deleted: ['1'], failed: [{ id: '2', reason: 'Unknown' }] },
    ],
    // Without data, X deleted none of them.
    [
      { json: { errors: [failure, { ...failure, subscription_id: '1', reason: 'Forbidden' }] } },
      {
        deleted: [],
        failed: [
          { id: '1', reason: 'Forbidden', message: 'No such subscription.' },
          { id: '2', reason: 'NotFound', message: 'No such subscription.' },
        ],
      },
    ],
    [done, { deleted: ['1', '2'], failed: [] }],
    [empty, { deleted: ['1', '2'], failed: [] }],
  ],
  rejects: [],
})

describe(endpoint, () => {
  test.each([
    [99, [99]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('deletes %s subscriptions in requests of %j', async (count, sizes) => {
    x.answers(...sizes.map(() => done))
    expect(await remove(numbers(count))).toEqual({ deleted: numbers(count), failed: [] })
    const sent = x.requests.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('ids')?.split(','))
    expect(sent.map((ids) => ids?.length)).toEqual(sizes)
    expect(sent.flat()).toEqual(numbers(count))
  })

  test('sends nothing without ids, and an id that is there twice once', async () => {
    expect(await remove([])).toEqual({ deleted: [], failed: [] })
    x.answers(done)
    expect(await remove(['1', '2', '1'])).toEqual({ deleted: ['1', '2'], failed: [] })
    expect(x.requests).toHaveLength(1)
  })

  test.each<readonly [string, Script[], string, RegExp]>([
    ['Forbidden', [{ status: 403, json: { detail: 'No.' } }], 'Forbidden', /HTTP 403/],
    ['Unknown', [refusal('One of the ids is malformed.')], 'Unknown', /One of the ids is malformed/],
    ['Unknown', [htmlPage], 'Unknown', /does not have the form/],
    ['network', Array<Script>(4).fill({ network: 'lost' }), 'network', /connection .*failed/],
    ['ServerError', Array<Script>(4).fill({ status: 503 }), 'ServerError', /HTTP 503/],
  ])('goes on after a hundred that failed: %s', async (_, responses, reason, message) => {
    x.answers(...responses, done)
    const { deleted, failed } = await remove(numbers(101))
    expect(deleted).toEqual(['101'])
    expect(failed).toHaveLength(100)
    expect(failed[99]).toEqual({ id: '100', reason, message: expect.stringMatching(message) })
  })

  test('resolves if X refuses every request, and rejects if none reached X', async () => {
    x.answers({ status: 403 })
    expect((await remove(['1'])).failed).toMatchObject([{ id: '1', reason: 'Forbidden' }])
    x.answers(...Array<Script>(4).fill({ network: 'lost' }))
    await expect(remove(['1'])).rejects.toMatchObject({ name: 'TransportError', reason: 'network' })
    const client = createClient({ ...patientOptions(), bearerToken: undefined })
    x.answers({ status: 403 })
    await expect(client.activity.subscriptions.deleteMany(['1'])).rejects.toMatchObject({
      name: 'ApiError',
      endpoint: 'oauth.createBearerToken',
    })
  })

  test('rejects when its signal is aborted between two requests', async () => {
    const controller = new AbortController()
    const client = createClient({ ...patientOptions(), hooks: { onResponse: () => controller.abort() } })
    x.answers(done)
    const call = client.activity.subscriptions.deleteMany(numbers(101), { signal: controller.signal })
    await expect(call).rejects.toMatchObject({ name: 'TransportError', reason: 'aborted' })
  })

  test.each(invalidIds)('checks every id before anything is sent: %s', async (_, invalid, Expected) => {
    const call = remove([...numbers(150), invalid as string])
    await expect(call).rejects.toThrow(Expected)
    await expect(call).rejects.toThrow(/"ids\[150\]" must/)
    expect(x.requests).toEqual([])
  })

  test.each([undefined, null, '1', { 0: '1' }])('refuses %j instead of a list', async (ids) => {
    await expect(remove(ids as never)).rejects.toThrow(/"ids" must be an array/)
  })
})
