import { describe, expect, test } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import type { ApiError } from '../../../../src/errors/api-error.ts'
import { ReplayWindowError } from '../../../../src/errors/replay-window-error.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, id, job, wireJob } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions, secrets } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/account-activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()
const window = { from: '202611211000', to: '202611211130' }
const replayPath = `/2/account_activity/replay/webhooks/${id}/subscriptions/all`
const create = () => createClient(patientOptions())

describeV2(x, 'replay.create', {
  call: (client, options) => client.replay.create(id, window, options),
  sends: `POST ${replayPath}?from_date=202611211000&to_date=202611211130`,
  accepts: [
    [{ json: { for_user_id: '2244994945', replay_event: wireJob } }, job],
    [{ json: { data: wireJob } }, job],
    [{ json: { data: { replay_event: wireJob } } }, job],
    [{ json: wireJob }, job],
    [{ status: 202, json: wireJob }, job],
    [{ json: { ...wireJob, job_id: 5 } }, { ...job, jobId: '5' }],
  ],
  rejects: [
    [empty, ['']],
    [{ json: { data: { state: 'queued' } } }, ['job_id', 'created_at']],
    [{ json: { ...wireJob, created_at: 'soon' } }, ['created_at']],
    [{ json: { ...wireJob, job_id: 2 ** 60 } }, ['job_id']],
  ],
  ids: { webhookId: (client, invalid) => client.replay.create(invalid, window) },
})

describe('replay.create at /2/webhooks/replay', () => {
  test('sends the request that X documents', async () => {
    x.answers({ json: { data: wireJob } })
    expect(await create().replay.create(id, window, { endpoint: 'webhooks' })).toEqual(job)
    expect(x.requests).toEqual([
      {
        method: 'POST',
        path: '/2/webhooks/replay',
        authorization: `Bearer ${secrets.bearerToken}`,
        contentType: 'application/json',
        body: JSON.stringify({ webhook_id: id, from_date: '202611211000', to_date: '202611211130' }),
      },
    ])
  })

  test.each([
    ['account_activity', "{ endpoint: 'webhooks' }"],
    ['webhooks', "{ endpoint: 'account_activity' }"],
  ] as const)(
    'has a hint that names the other endpoint, and does not call it, for a 404 of %s',
    async (endpoint, hint) => {
      x.answers({ status: 404, json: { title: 'Not Found', type: 'about:blank', status: 404, detail: 'Not Found' } })
      const error = await create()
        .replay.create(id, window, { endpoint })
        .catch((thrown: ApiError) => thrown)
      expect(error).toMatchObject({ reason: 'NotFound', status: 404, hint: expect.stringContaining(hint) })
      expect(x.requests).toHaveLength(1)
    },
  )

  test.each([undefined, 'account_activity'] as const)('is not used with endpoint %s', async (endpoint) => {
    x.answers({ json: { data: wireJob } })
    await create().replay.create(id, window, endpoint === undefined ? {} : { endpoint })
    expect(x.requests[0]?.path).toMatch(/^\/2\/account_activity\/replay\//)
  })
})

describe('the replay window', () => {
  const at = (text: string) => new Date(`2026-11-21T${text}Z`)

  test.each([
    ['whole minutes', at('10:00:00'), at('11:30:00'), '202611211000', '202611211130'],
    ['seconds, which are rounded', at('10:00:59.999'), at('11:30:00.001'), '202611211000', '202611211131'],
    ['within one minute', at('10:00:10'), at('10:00:20'), '202611211000', '202611211001'],
    ['years ago: X refuses it', '200001010000', '200001010001', '200001010000', '200001010001'],
    ['the future: X refuses it', '209901010000', '209901010001', '209901010000', '209901010001'],
  ])('is sent in whole minutes: %s', async (_, from, to, fromDate, toDate) => {
    x.answers({ json: { data: wireJob } })
    await create().replay.create(id, { from, to })
    expect(x.requests[0]?.path).toBe(`${replayPath}?from_date=${fromDate}&to_date=${toDate}`)
  })

  test.each([
    ['an end that is not a date', '2026-11-21', '202611211130', ['from_date_format']],
    ['a day that does not exist', '202602300000', '202611211130', ['from_date_format']],
    ['an invalid Date', '202611211000', new Date(Number.NaN), ['to_date_format']],
    ['two ends that are not dates', '', 'now', ['from_date_format', 'to_date_format']],
    ['an empty window', '202611211000', '202611211000', ['from_date_not_before_to_date']],
    ['a reversed window', '202611211130', '202611211000', ['from_date_not_before_to_date']],
  ])('is refused and nothing is sent: %s', async (_, from, to, codes) => {
    const error: unknown = await create()
      .replay.create(id, { from, to })
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ReplayWindowError)
    expect((error as ReplayWindowError).issues.map(({ code }) => code)).toEqual(codes)
    expect(x.requests).toEqual([])
  })
})

test.each([
  ['a window that is not an object', '202611211000', TypeError],
  ['an end that is a number', { from: 202611211000, to: '202611211130' }, TypeError],
  ['an end that is missing', { from: '202611211000' }, TypeError],
])('refuses %s', async (_, wrong, Expected) => {
  await expect(create().replay.create(id, wrong as typeof window)).rejects.toThrow(Expected)
})

test.each([
  ['another', RangeError],
  ['', RangeError],
  ['__proto__', RangeError],
  [null, TypeError],
  [1, TypeError],
])('refuses the endpoint %j', async (endpoint, Expected) => {
  const options = { endpoint } as unknown as { endpoint: 'webhooks' }
  await expect(create().replay.create(id, window, options)).rejects.toThrow(Expected)
})
