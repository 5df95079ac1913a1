import { beforeEach, describe, expect, test } from 'vitest'
import { createEnterpriseClient } from '../../../src/client/create-enterprise-client.ts'
import { createPremiumClient } from '../../../src/client/create-premium-client.ts'
import type { EnterpriseClient } from '../../../src/client/enterprise-client.ts'
import type { LegacyClient } from '../../../src/client/legacy-client.ts'
import type { PremiumClient } from '../../../src/client/premium-client.ts'
import { ReplayWindowError } from '../../../src/errors/replay-window-error.ts'
import { ResponseError } from '../../../src/errors/response-error.ts'
import { expectSigned } from '../../support/signed-by.ts'
import { mockXApi, patientOptions, type Script, secrets } from '../../support/x-api.ts'

// Paths, authentication, forms and codes: X's enterprise reference as of July 2026 (xdevplatform/docs, 4c1aae9c), and for
// premium the clients that ran against it (xdevplatform/autohook, linvi/tweetinvi) with zammad's recordings.

const x = mockXApi()
let premium: PremiumClient
let enterprise: EnterpriseClient
type Generation = 'premium' | 'enterprise'
const clientOf = (generation: Generation): LegacyClient => ({ premium, enterprise })[generation]

beforeEach(() => {
  premium = createPremiumClient({ ...patientOptions(), environment: 'Dev-1' })
  enterprise = createEnterpriseClient(patientOptions())
})

const id = '1146654567674912769'
const userId = '2244994945'
const url = 'https://example.com/hook?a=b&c=ü+%20d'
const hook = { id, url, valid: true, created_at: '2025-12-07T17:00:01.000Z' }
const ourHook = { id, url, valid: true, createdAt: new Date(Date.UTC(2025, 11, 7, 17, 0, 1)) }
const window = { from: '202611180600', to: '202611180800' }
const job = { job_id: '1095098195724558337', created_at: '2026-11-21T12:00:05.000Z' }

interface Verb {
  readonly call: (client: LegacyClient) => Promise<unknown>
  readonly sends: Readonly<Record<Generation, string>>
  /** Signed for the owner or the user; app-only otherwise. */
  readonly signed?: true
  /** Each answer that counts as success, and what comes of it. */
  readonly accepts: Readonly<Record<Generation, readonly (readonly [Script, unknown])[]>>
  /** Answers with a 2xx that none of X's documents shows, and the places that are wrong. */
  readonly refuses: readonly (readonly [Script, readonly string[]])[]
  /** HTTP status, numeric code and text of X; the reason, and a part of the hint. */
  readonly fails: readonly (readonly [number, number, string, string, RegExp])[]
}

const both = <T>(value: T) => ({ premium: value, enterprise: value })
const done: Script = { status: 204 }
const page: Script = { text: '<html><title>Welcome</title></html>' }
const noSuchPage = 'Sorry, that page does not exist.'
const encodedUrl = 'https%3A%2F%2Fexample.com%2Fhook%3Fa%3Db%26c%3D%C3%BC%2B%2520d'

const unauthorized = [401, 32, 'Could not authenticate you.', 'Unauthorized', /spelling of the environment/] as const
const forbidden = [403, 200, 'Forbidden.', 'Forbidden', /spelling of the environment/] as const
const always = [
  unauthorized,
  forbidden,
  [401, 89, 'Invalid or expired token.', 'Unauthorized', /authorise the app again/],
  [403, 220, 'Your credentials do not allow access to this resource.', 'Forbidden', /other kind of authentication/],
  [429, 88, 'Rate limit exceeded.', 'RateLimited', /rate limit/],
  [500, 0, 'Internal error.', 'ServerError', /try again later/],
  [500, 131, 'Internal error.', 'ServerError', /try again later/],
  [503, 130, 'Over capacity.', 'ServerError', /try again later/],
  [503, 67, 'A dependency is unavailable.', 'ServerError', /try again later/],
] as const

const asDone = [
  [done, undefined],
  [{ text: '' }, undefined],
  [{ json: {} }, undefined],
] as const

const verbs: Readonly<Record<string, Verb>> = {
  'webhooks.create': {
    call: (client) => client.webhooks.create(url),
    sends: {
      premium: `POST /1.1/account_activity/all/Dev-1/webhooks.json?url=${encodedUrl}`,
      enterprise: `POST /1.1/account_activity/webhooks.json?url=${encodedUrl}`,
    },
    signed: true,
    accepts: both([
      [{ json: hook }, ourHook],
      // As zammad recorded it on premium.
      [
        { json: { id, url, valid: true, created_timestamp: '2020-03-23 06:50:00 +0000' } },
        { ...ourHook, createdAt: new Date(Date.UTC(2020, 2, 23, 6, 50)) },
      ],
      [
        { json: { id, url, valid: true, created_timestamp: '2020-03-23 06:50:00 -0130' } },
        { ...ourHook, createdAt: new Date(Date.UTC(2020, 2, 23, 8, 20)) },
      ],
      [
        { status: 201, json: { id, url, valid: false } },
        { id, url, valid: false },
      ],
    ]),
    refuses: [
      [done, ['']],
      [page, ['']],
      [{ json: { ...hook, id: 2 ** 60 } }, ['id']],
      [{ json: { ...hook, created_timestamp: 'yesterday' } }, ['created_timestamp']],
      [{ json: [hook] }, ['']],
    ],
    fails: [
      [403, 214, 'Webhook URL does not meet the requirements.', 'UrlValidationFailed', /must be https/],
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
      [403, 214, 'Something new.', 'Forbidden', /did not pass/],
      [400, 214, 'Something new.', 'Unknown', /did not pass/],
      [403, 261, 'Application cannot perform write actions.', 'Forbidden', /Read, Write and Direct Messages/],
      [400, 369, 'Invalid JSON syntax.', 'Unknown', /takes no JSON body/],
      ...always,
    ],
  },
  'webhooks.list': {
    call: (client) => client.webhooks.list(),
    sends: {
      premium: 'GET /1.1/account_activity/all/Dev-1/webhooks.json',
      enterprise: 'GET /1.1/account_activity/webhooks.json',
    },
    accepts: both([
      [{ json: [hook] }, [ourHook]],
      [{ json: [] }, []],
    ]),
    refuses: [
      [done, ['']],
      [{ json: { data: [hook] } }, ['']],
      [{ json: [hook, { ...hook, valid: 'true' }] }, ['1.valid']],
    ],
    fails: [[403, 99, 'Unable to verify your credentials', 'Forbidden', /consumer key/], ...always],
  },
  'webhooks.validate': {
    call: (client) => client.webhooks.validate(id),
    sends: {
      premium: `PUT /1.1/account_activity/all/Dev-1/webhooks/${id}.json`,
      enterprise: `PUT /1.1/account_activity/webhooks/${id}.json`,
    },
    signed: true,
    accepts: both(asDone.map(([script]) => [script, { attempted: true }] as const)),
    refuses: [[page, ['']]],
    fails: [
      [404, 34, noSuchPage, 'WebhookIdInvalid', /list the webhooks/],
      [403, 214, 'High latency on CRC GET request.', 'CrcValidationFailed', /3 seconds/],
      [403, 214, 'Webhook URL does not meet the requirements.', 'CrcValidationFailed', /response_token/],
      ...always,
    ],
  },
  'webhooks.delete': {
    call: (client) => client.webhooks.delete(id),
    sends: {
      premium: `DELETE /1.1/account_activity/all/Dev-1/webhooks/${id}.json`,
      enterprise: `DELETE /1.1/account_activity/webhooks/${id}.json`,
    },
    signed: true,
    accepts: both(asDone),
    refuses: [[page, ['']]],
    fails: [[404, 34, noSuchPage, 'WebhookIdInvalid', /list the webhooks/], ...always],
  },
  'subscriptions.create': {
    call: (client) => client.subscriptions.create(id),
    sends: {
      premium: 'POST /1.1/account_activity/all/Dev-1/subscriptions.json',
      enterprise: `POST /1.1/account_activity/webhooks/${id}/subscriptions/all.json`,
    },
    signed: true,
    accepts: both(asDone),
    refuses: [[page, ['']]],
    fails: [
      // As zammad recorded it.
      [409, 355, 'Subscription already exists.', 'DuplicateSubscriptionFailed', /nothing to do/],
      [404, 34, noSuchPage, 'WebhookIdInvalid', /environment has none/],
      [403, 348, 'Client application may not access this resource.', 'Forbidden', /authorise the app first/],
      [403, 261, 'Application cannot perform write actions.', 'Forbidden', /issue the access tokens anew/],
      [403, 0, 'Too many subscriptions.', 'SubscriptionLimitExceeded', /delete one/],
      ...always,
    ],
  },
  'subscriptions.check': {
    call: (client) => client.subscriptions.check(id),
    sends: {
      premium: 'GET /1.1/account_activity/all/Dev-1/subscriptions.json',
      enterprise: `GET /1.1/account_activity/webhooks/${id}/subscriptions/all.json`,
    },
    signed: true,
    accepts: both([
      [done, true],
      [{ json: {} }, true],
      [{ status: 404, json: { errors: [{ code: 34, message: noSuchPage }] } }, false],
      [{ status: 404 }, false],
    ]),
    refuses: [[page, ['']]],
    fails: [[404, 50, 'User not found.', 'NotFound', /base URL/], ...always],
  },
  'subscriptions.list': {
    call: (client) => client.subscriptions.list(id),
    sends: {
      premium: 'GET /1.1/account_activity/all/Dev-1/subscriptions/list.json',
      enterprise: `GET /1.1/account_activity/webhooks/${id}/subscriptions/all/list.json`,
    },
    accepts: {
      premium: [
        [
          { json: { environment: 'Dev-1', application_id: '13090192', subscriptions: [{ user_id: userId }] } },
          { environment: 'Dev-1', applicationId: '13090192', subscriptions: [{ userId }] },
        ],
        [
          { json: { environment: 'Dev-1', application_id: 13090192 } },
          { environment: 'Dev-1', applicationId: '13090192', subscriptions: [] },
        ],
      ],
      enterprise: [
        [
          {
            json: {
              webhook_id: id,
              webhook_url: url,
              application_id: '13090192',
              subscriptions: [{ user_id: userId }],
            },
          },
          { webhookId: id, webhookUrl: url, applicationId: '13090192', subscriptions: [{ userId }] },
        ],
      ],
    },
    refuses: [
      [done, ['']],
      [page, ['']],
      [
        {
          json: {
            environment: 'Dev-1',
            webhook_id: id,
            webhook_url: url,
            application_id: '13090192',
            subscriptions: [{ user_id: 2 ** 60 }],
          },
        },
        ['subscriptions.0.user_id'],
      ],
    ],
    fails: [[404, 34, noSuchPage, 'WebhookIdInvalid', /list the webhooks/], ...always],
  },
  'subscriptions.delete': {
    call: (client) => client.subscriptions.delete(id, userId),
    sends: {
      premium: `DELETE /1.1/account_activity/all/Dev-1/subscriptions/${userId}.json`,
      enterprise: `DELETE /1.1/account_activity/webhooks/${id}/subscriptions/${userId}/all.json`,
    },
    accepts: both(asDone),
    refuses: [[page, ['']]],
    fails: [[404, 34, noSuchPage, 'SubscriptionNotFound', /nothing to delete/], ...always],
  },
  'subscriptions.count': {
    call: (client) => client.subscriptions.count(),
    sends: {
      premium: 'GET /1.1/account_activity/all/subscriptions/count.json',
      enterprise: 'GET /1.1/account_activity/subscriptions/count.json',
    },
    accepts: {
      premium: [
        [
          { json: { account_name: 'alices-desk', subscriptions_count: '3', provisioned_count: '250' } },
          {
            accountName: 'alices-desk',
            provisionedCount: 250,
            subscriptionsCountAll: 3,
            subscriptionsCountDirectMessages: 0,
          },
        ],
      ],
      enterprise: [
        [
          {
            json: {
              account_name: 'alices-desk',
              subscriptions_count_all: '3',
              subscriptions_count_direct_messages: '1',
              provisioned_count: '250',
            },
          },
          {
            accountName: 'alices-desk',
            provisionedCount: 250,
            subscriptionsCountAll: 3,
            subscriptionsCountDirectMessages: 1,
          },
        ],
      ],
    },
    refuses: [
      [done, ['']],
      ...['', 'many', '-1', 1.5, null].map(
        (wrong) =>
          [
            {
              json: {
                account_name: 'alices-desk',
                subscriptions_count: '3',
                subscriptions_count_all: '3',
                subscriptions_count_direct_messages: '1',
                provisioned_count: wrong,
              },
            },
            ['provisioned_count'],
          ] as const,
      ),
    ],
    fails: always,
  },
}

/** The deprecated sibling of a verb, which fails under its name. */
const deleteOwn: Verb = {
  call: (client) => client.subscriptions.deleteOwn(id),
  sends: {
    premium: 'DELETE /1.1/account_activity/all/Dev-1/subscriptions.json',
    enterprise: `DELETE /1.1/account_activity/webhooks/${id}/subscriptions/all.json`,
  },
  signed: true,
  accepts: both(asDone),
  refuses: [[page, ['']]],
  fails: [
    [404, 34, noSuchPage, 'SubscriptionNotFound', /nothing to delete/],
    [403, 348, 'Client application may not access this resource.', 'Forbidden', /authorise the app first/],
    ...always,
  ],
}

const cases = (['premium', 'enterprise'] as const).flatMap((generation) => [
  ...Object.entries(verbs).map(([endpoint, verb]) => [generation, endpoint, verb] as const),
  [generation, 'subscriptions.delete', deleteOwn] as const,
])

describe.each(cases)('%s: %s', (generation, endpoint, verb) => {
  const call = () => verb.call(clientOf(generation))

  test('is sent as X documents it', async () => {
    x.answers((verb.accepts[generation][0] as readonly [Script, unknown])[0])
    await call()
    const [request] = x.requests
    expect(`${request?.method} ${request?.path}`).toBe(verb.sends[generation])
    expect([request?.body, request?.contentType]).toEqual(['', null])
    if (verb.signed) expectSigned(request)
    else expect(request?.authorization).toBe(`Bearer ${secrets.bearerToken}`)
  })

  test.each(verb.accepts[generation])('accepts %j', async (script, outcome) => {
    x.answers(script)
    expect(await call()).toEqual(outcome)
  })

  test.each(verb.refuses)('does not make anything of %j', async (script, places) => {
    x.answers(script)
    const error: unknown = await call().catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ResponseError)
    expect(error).toMatchObject({ endpoint, status: script.status ?? 200 })
    expect((error as ResponseError).issues.map((issue) => issue.path.join('.'))).toEqual(places)
  })

  test.each(verb.fails)('says why: HTTP %s, code %s, %s', async (status, code, message, reason, hint) => {
    const refusal = { status, json: { errors: [{ code, message }] } }
    const isTriedAgain = status === 429 || (status >= 500 && endpoint !== 'webhooks.create')
    x.answers(...Array<Script>(isTriedAgain ? 4 : 1).fill(refusal), ...renewal(verb, status, refusal))
    await expect(call()).rejects.toMatchObject({
      name: 'ApiError',
      endpoint,
      status,
      reason,
      platformCodes: [code],
      hint: expect.stringMatching(hint),
    })
  })
})

/** After a 401 an app-only call makes itself a new bearer token, once. */
function renewal(verb: Verb, status: number, refusal: Script): Script[] {
  if (verb.signed || status !== 401) return []
  return [{ json: { token_type: 'bearer', access_token: 'AAAAnew' } }, refusal]
}

describe('premium: environments.list', () => {
  const list = () => premium.environments.list()

  test('is sent as X documents it', async () => {
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

  test('gives each environment with its webhooks', async () => {
    const environments = [
      { environment_name: 'Dev-1', webhooks: [hook] },
      { environment_name: 'prod', webhooks: [] },
      { environment_name: '__proto__' },
    ]
    x.answers({ json: { environments } })
    expect(await list()).toEqual([
      { name: 'Dev-1', webhooks: [ourHook] },
      { name: 'prod', webhooks: [] },
      { name: '__proto__', webhooks: [] },
    ])
  })

  test.each<readonly [Script, readonly string[]]>([
    [done, ['']],
    [{ json: [] }, ['']],
    [{ json: {} }, ['environments']],
    [{ json: { environments: [{ webhooks: [] }] } }, ['environments.0.environment_name']],
  ])('does not make anything of %j', async (script, places) => {
    x.answers(script)
    const error: unknown = await list().catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ResponseError', endpoint: 'environments.list' })
    expect((error as ResponseError).issues.map((issue) => issue.path.join('.'))).toEqual(places)
  })

  test('says why X refused', async () => {
    x.answers({ status: 403, json: { errors: [{ code: 99, message: 'Unable to verify your credentials' }] } })
    await expect(list()).rejects.toMatchObject({ endpoint: 'environments.list', reason: 'Forbidden' })
  })
})

describe('enterprise: replay.create', () => {
  const replay = (at = window) => enterprise.replay.create(id, at)
  const path = `/1.1/account_activity/replay/webhooks/${id}/subscriptions/all.json`

  test('is sent as X documents it', async () => {
    x.answers({ status: 202, json: job })
    expect(await replay()).toEqual({ jobId: job.job_id, createdAt: new Date(Date.UTC(2026, 10, 21, 12, 0, 5)) })
    expect(x.requests).toEqual([
      {
        method: 'POST',
        path: `${path}?from_date=202611180600&to_date=202611180800`,
        authorization: `Bearer ${secrets.bearerToken}`,
        contentType: null,
        body: '',
      },
    ])
  })

  test.each([
    [400, 214, 'Webhook has been marked as invalid.', 'CrcValidationFailed', /response_token/],
    [400, 357, 'from_date: parameter required.', 'QueryParamInvalid', /enterpriseReplayRules/],
    [400, 358, 'Unable to parse the parameter.', 'QueryParamInvalid', /checkReplayWindow/],
    [400, 360, 'from_date: must be greater than or equal to 0.', 'QueryParamInvalid', /UTC/],
    [400, 368, 'from_date: must be in the past.', 'QueryParamInvalid', /UTC/],
    [400, 356, 'from_date must be before to_date.', 'QueryParamInvalid', /UTC/],
    [401, 61, 'Client is not permitted to perform this action.', 'Unauthorized', /ask X to enable it/],
    [404, 34, noSuchPage, 'WebhookIdInvalid', /list the webhooks/],
    [409, 355, 'A job is already in progress.', 'ReplayConflictError', /replay_job_status/],
    unauthorized,
    forbidden,
    [500, 0, 'Internal error.', 'ServerError', /try again later/],
    [503, 67, 'A dependency is unavailable.', 'ServerError', /try again later/],
  ] as const)('says why: HTTP %s, code %s, %s', async (status, code, message, reason, hint) => {
    const refusal = { status, json: { errors: [{ code, message }] } }
    const token = { json: { token_type: 'bearer', access_token: 'AAAAnew' } }
    x.answers(refusal, ...(status === 401 ? [token, refusal] : []))
    const error: unknown = await replay().catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'ApiError', endpoint: 'replay.create', status, reason })
    expect(error).toMatchObject({ hint: expect.stringMatching(hint), platformCodes: [code] })
  })

  test('leaves the age of a window to X, and refuses what is none', async () => {
    x.answers({ status: 202, json: job })
    await replay({ from: '200001010000', to: '200001010001' })
    expect(x.requests[0]?.path).toBe(`${path}?from_date=200001010000&to_date=200001010001`)
    await expect(replay({ from: '202611180800', to: '202611180600' })).rejects.toThrow(ReplayWindowError)
    await expect(enterprise.replay.create('../all', window)).rejects.toThrow(RangeError)
    await expect(replay('202611180600' as never)).rejects.toThrow(TypeError)
    expect(x.requests).toHaveLength(1)
  })
})

describe.each(['premium', 'enterprise'] as const)('%s: arguments are checked before anything is sent', (generation) => {
  let client: LegacyClient

  beforeEach(() => {
    client = clientOf(generation)
  })

  describe.each([
    ['nothing', undefined, TypeError],
    ['a number', 42, TypeError],
    ['an object', { toString: () => id }, TypeError],
    ['an empty text', '', RangeError],
    ['20 digits', '12345678901234567890', RangeError],
    ['a path', '../subscriptions', RangeError],
    ['a prototype key', '__proto__', RangeError],
    ['a line break', `${id}\n`, RangeError],
  ])('%s', (_, value, Wrong) => {
    const wrong = value as string
    test.each<readonly [string, string, () => Promise<unknown>]>([
      ['webhooks.validate', 'webhookId', () => client.webhooks.validate(wrong)],
      ['webhooks.delete', 'webhookId', () => client.webhooks.delete(wrong)],
      ['subscriptions.create', 'webhookId', () => client.subscriptions.create(wrong)],
      ['subscriptions.check', 'webhookId', () => client.subscriptions.check(wrong)],
      ['subscriptions.list', 'webhookId', () => client.subscriptions.list(wrong)],
      ['subscriptions.delete', 'webhookId', () => client.subscriptions.delete(wrong, '1')],
      ['subscriptions.delete', 'userId', () => client.subscriptions.delete('1', wrong)],
      ['subscriptions.deleteOwn', 'webhookId', () => client.subscriptions.deleteOwn(wrong)],
    ])('%s: %s', async (_, name, call) => {
      const error: unknown = await call().catch((thrown) => thrown)
      expect(error).toBeInstanceOf(Wrong)
      expect((error as Error).message).toMatch(`"${name}" must`)
      expect(x.requests).toEqual([])
    })
  })

  test.each([
    ['nothing', undefined, TypeError],
    ['an empty text', '', RangeError],
    ['a path', '/hook', RangeError],
    ['script', 'javascript:alert(1)', RangeError],
    ['201 characters', `https://example.com/${'h'.repeat(181)}`, RangeError],
  ])('a webhook URL: %s', async (_, wrong, Wrong) => {
    await expect(client.webhooks.create(wrong as string)).rejects.toThrow(Wrong)
    expect(x.requests).toEqual([])
  })

  test.each([
    ['options that are null', null],
    ['options that are a text', 'signal'],
    ['a signal that is its controller', { signal: new AbortController() }],
  ])('%s', async (_, options) => {
    const wrong = options as object
    await expect(client.webhooks.create(url, wrong)).rejects.toThrow(TypeError)
    await expect(client.webhooks.list(wrong)).rejects.toThrow(TypeError)
    await expect(client.webhooks.validate(id, wrong)).rejects.toThrow(TypeError)
    await expect(client.webhooks.delete(id, wrong)).rejects.toThrow(TypeError)
    await expect(client.subscriptions.create(id, wrong)).rejects.toThrow(TypeError)
    await expect(client.subscriptions.check(id, wrong)).rejects.toThrow(TypeError)
    await expect(client.subscriptions.list(id, wrong)).rejects.toThrow(TypeError)
    await expect(client.subscriptions.delete(id, '1', wrong)).rejects.toThrow(TypeError)
    await expect(client.subscriptions.deleteOwn(id, wrong)).rejects.toThrow(TypeError)
    await expect(client.subscriptions.count(wrong)).rejects.toThrow(TypeError)
    await expect(premium.environments.list(wrong)).rejects.toThrow(TypeError)
    await expect(enterprise.replay.create(id, window, wrong)).rejects.toThrow(TypeError)
    expect(x.requests).toEqual([])
  })
})
