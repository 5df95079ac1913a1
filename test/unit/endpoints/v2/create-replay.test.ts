import { describe, expect, test, vi } from 'vitest'
import { createClient } from '../../../../src/client/create-client.ts'
import type { ApiError } from '../../../../src/errors/api-error.ts'
import { ReplayWindowError } from '../../../../src/errors/replay-window-error.ts'
import { describeV2 } from '../../../support/describe-endpoint.ts'
import { empty, id, job, wireJob } from '../../../support/endpoint-values.ts'
import { mockXApi, patientOptions, refusal, type Script, secrets } from '../../../support/x-api.ts'

// Requests and responses: https://docs.x.com/x-api/account-activity/quickstart, and the OpenAPI description of X in
// https://github.com/xdevplatform/docs, versions 2.138 to 2.167.

const x = mockXApi()
const window = { from: '202611211000', to: '202611211130' }
const replayPath = `/2/account_activity/replay/webhooks/${id}/subscriptions/all`
const create = () => createClient(patientOptions())

const body = { webhook_id: id, from_date: '202611211000', to_date: '202611211129' }

describeV2(x, 'replay.create', {
  call: (client, options) => client.replay.create(id, window, options),
  sends: 'POST /2/webhooks/replay',
  body,
  accepts: [
    [{ json: { data: wireJob } }, job],
    [{ json: { for_user_id: '2244994945', replay_event: wireJob } }, job],
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

const noPath: readonly (readonly [string, Script])[] = [
  [
    'problem JSON without a resource',
    { status: 404, json: { title: 'Not Found', type: 'about:blank', status: 404, detail: 'Not Found' } },
  ],
  ['code 34', { status: 404, json: { errors: [{ code: 34, message: 'Sorry, that page does not exist.' }] } }],
  ['no body', { status: 404 }],
  ['an HTML page', { status: 404, text: '<html><title>404 Not Found</title></html>' }],
]
const paths = () => x.requests.map(({ path }) => path.replace(/\?.*/, ''))

describe('without an endpoint', () => {
  test.each(noPath)('asks the older endpoint after a 404 with %s, and says so', async (_, missing) => {
    const onFallback = vi.fn()
    const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
    x.answers(missing, { json: wireJob })
    const client = createClient({ ...patientOptions(), hooks: { onFallback }, logger })
    expect(await client.replay.create(id, window)).toEqual(job)
    expect(x.requests.map(({ path }) => path)).toEqual([
      '/2/webhooks/replay',
      `${replayPath}?from_date=202611211000&to_date=202611211130`,
    ])
    const [missingPath, usedPath] = ['/2/webhooks/replay', '/2/account_activity/replay']
    expect(onFallback.mock.calls).toEqual([[{ endpoint: 'replay.create', missingPath, usedPath }]])
    expect(logger.warn).toHaveBeenCalledExactlyOnceWith(
      'The call replay.create uses /2/account_activity/replay, because the server does not have /2/webhooks/replay.',
    )
  })

  test('remembers the older endpoint, also for the clients of other users', async () => {
    const client = create()
    x.answers({ status: 404 }, { json: wireJob }, { json: wireJob }, { json: wireJob })
    await client.replay.create(id, window)
    await client.replay.create(id, window)
    await client.as({ bearerToken: 'AAAAuser' }).replay.create(id, window)
    expect(paths()).toEqual(['/2/webhooks/replay', replayPath, replayPath, replayPath])
  })

  test('remembers the older endpoint after it refused a job', async () => {
    const client = create()
    x.answers({ status: 404 }, refusal('ReplayConflictError: running'), { json: wireJob })
    await expect(client.replay.create(id, window)).rejects.toMatchObject({ reason: 'ReplayConflictError' })
    await client.replay.create(id, window)
    expect(paths()).toEqual(['/2/webhooks/replay', replayPath, replayPath])
  })

  test('does not remember an endpoint of a server that has neither', async () => {
    const client = create()
    x.answers({ status: 404 }, { status: 404 }, { json: wireJob })
    await expect(client.replay.create(id, window)).rejects.toMatchObject({
      reason: 'NotFound',
      hint: expect.stringContaining('neither'),
    })
    await client.replay.create(id, window)
    expect(paths()).toEqual(['/2/webhooks/replay', replayPath, '/2/webhooks/replay'])
  })

  test.each<readonly [string, Script]>([
    ['another reason', refusal('WebhookIdInvalid: no such webhook')],
    ['a 404 about the webhook', { status: 404, json: { errors: [{ message: 'Webhook id 1 does not exist' }] } }],
    [
      'a 404 about a resource',
      { status: 404, json: { title: 'Not Found Error', type: 'https://api.x.com/2/problems/resource-not-found' } },
    ],
    ['a 503: the job may be running', { status: 503 }],
    ['a lost connection: the job may be running', { network: 'lost' }],
  ])('does not ask the older endpoint after %s', async (_, answer) => {
    x.answers(answer)
    await expect(create().replay.create(id, window)).rejects.toThrow()
    expect(paths()).toEqual(['/2/webhooks/replay'])
  })
})

describe('with an endpoint', () => {
  test.each([
    ['webhooks', '/2/webhooks/replay', JSON.stringify(body), ''],
    ['account_activity', replayPath, '', '?from_date=202611211000&to_date=202611211130'],
  ] as const)('asks only %s', async (endpoint, path, sent, query) => {
    x.answers({ json: { data: wireJob } })
    expect(await create().replay.create(id, window, { endpoint })).toEqual(job)
    const [request] = x.requests
    expect(request).toMatchObject({ path: path + query, body: sent, authorization: `Bearer ${secrets.bearerToken}` })
  })

  test.each([
    ['account_activity', "{ endpoint: 'webhooks' }"],
    ['webhooks', "{ endpoint: 'account_activity' }"],
  ] as const)('has a hint that names the other endpoint, and does not call it: %s', async (endpoint, hint) => {
    x.answers({ status: 404, json: { title: 'Not Found', type: 'about:blank', status: 404, detail: 'Not Found' } })
    const error = await create()
      .replay.create(id, window, { endpoint })
      .catch((thrown: ApiError) => thrown)
    expect(error).toMatchObject({ reason: 'NotFound', status: 404, hint: expect.stringContaining(hint) })
    expect(x.requests).toHaveLength(1)
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
    await create().replay.create(id, { from, to }, { endpoint: 'account_activity' })
    expect(x.requests[0]?.path).toBe(`${replayPath}?from_date=${fromDate}&to_date=${toDate}`)
  })

  test.each([
    ['202611211000', '202611211001', '202611211000'],
    ['202611211000', '202611211100', '202611211059'],
    ['202611212300', '202611220000', '202611212359'],
    ['202612312300', '202701010000', '202612312359'],
  ])('from %s to %s is sent with the last minute %s to the newer endpoint', async (from, to, toDate) => {
    x.answers({ json: { data: wireJob } })
    await create().replay.create(id, { from, to })
    expect(JSON.parse(x.requests[0]?.body ?? '')).toEqual({ webhook_id: id, from_date: from, to_date: toDate })
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
