import { beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../../../src/client/client.ts'
import { createClient } from '../../../src/client/create-client.ts'
import { ApiError } from '../../../src/errors/api-error.ts'
import { ReplayWindowError } from '../../../src/errors/replay-window-error.ts'
import { ResponseError } from '../../../src/errors/response-error.ts'
import { mockXApi, patientOptions, type Script, secrets } from '../../support/x-api.ts'

// Paths, authentication and forms: https://docs.x.com/x-api/account-activity/quickstart,
// https://docs.x.com/x-api/webhooks/quickstart and X's OpenAPI description, versions 2.138 to 2.167.

const x = mockXApi()
let client: Client

beforeEach(() => {
  client = createClient(patientOptions())
})

const bearer = `Bearer ${secrets.bearerToken}`
const id = '1146654567674912769'
const hook = { id, url: 'https://example.com/hook', valid: true, created_at: '2025-12-07T17:00:01.000Z' }
const ourHook = {
  id,
  url: 'https://example.com/hook',
  valid: true,
  createdAt: new Date(Date.UTC(2025, 11, 7, 17, 0, 1)),
}
const subscriptionPath = `/2/account_activity/webhooks/${id}/subscriptions/all`
const list = {
  application_id: '13090192',
  webhook_id: id,
  webhook_url: 'https://example.com/hook',
  subscriptions: [{ user_id: '2244994945' }, { user_id: '1100000000000000001' }],
}
const count = {
  account_name: 'alices-desk',
  provisioned_count: '5000',
  subscriptions_count_all: '3',
  subscriptions_count_direct_messages: '1',
}
const job = { job_id: '1095098195724558337', created_at: '2026-11-21T12:00:05.000Z' }
const ourJob = { jobId: '1095098195724558337', createdAt: new Date(Date.UTC(2026, 10, 21, 12, 0, 5)) }
const window = { from: '202611211000', to: '202611211130' }
const replayPath = `/2/account_activity/replay/webhooks/${id}/subscriptions/all`

interface Verb {
  readonly call: () => Promise<unknown>
  readonly sends: string
  readonly body?: unknown
  readonly user?: true
  /** Each answer that counts as success, and what comes of it. */
  readonly accepts: readonly (readonly [Script, unknown])[]
  /** Answers with a 2xx that none of X's documents shows, and the places that are wrong. */
  readonly refuses: readonly (readonly [Script, readonly string[]])[]
}

const empty: Script = { status: 204 }
const page: Script = { text: '<html><title>Welcome</title></html>' }

const verbs: Readonly<Record<string, Verb>> = {
  'webhooks.create': {
    call: () => client.webhooks.create('https://example.com/hook'),
    sends: 'POST /2/webhooks',
    body: { url: 'https://example.com/hook' },
    accepts: [
      [{ json: { data: hook } }, ourHook],
      [{ json: hook }, ourHook],
      [{ status: 201, json: { data: { ...hook, added_tomorrow: 1 } } }, ourHook],
      [{ json: { data: { ...hook, id: 77 } } }, { ...ourHook, id: '77' }],
      [{ json: { data: { id, url: hook.url, valid: false } } }, { id, url: hook.url, valid: false }],
      [{ json: { data: hook, errors: [{ title: 'besides' }] } }, ourHook],
    ],
    refuses: [
      [empty, ['']],
      [page, ['']],
      [{ json: { data: { ...hook, id: 2 ** 53 } } }, ['data.id']],
      [{ json: { data: { ...hook, valid: 'true' } } }, ['data.valid']],
      [{ json: { data: { ...hook, created_at: 'yesterday' } } }, ['data.created_at']],
      [{ json: { data: [hook] } }, ['data']],
      [{ json: [] }, ['']],
      [{ text: 'null' }, ['']],
    ],
  },
  'webhooks.list': {
    call: () => client.webhooks.list(),
    sends: 'GET /2/webhooks',
    accepts: [
      [{ json: { data: [hook], meta: { result_count: 1 } } }, [ourHook]],
      [{ json: { data: [], meta: { result_count: 0 } } }, []],
      [{ json: { data: [] } }, []],
      [{ json: { meta: { result_count: 0 } } }, []],
    ],
    refuses: [
      [empty, ['']],
      [{ json: { meta: { result_count: 2 } } }, ['data']],
      [{ json: { message: 'ok' } }, ['data']],
      [{ json: { data: [hook, { ...hook, url: 1 }] } }, ['data.1.url']],
    ],
  },
  'webhooks.validate': {
    call: () => client.webhooks.validate(id),
    sends: `PUT /2/webhooks/${id}`,
    accepts: [
      [{ json: { data: { valid: true } } }, { attempted: true }],
      [{ json: { data: { attempted: true } } }, { attempted: true }],
      [{ json: { attempted: false } }, { attempted: false }],
      [empty, { attempted: true }],
    ],
    refuses: [
      [{ json: { data: {} } }, ['data']],
      [{ json: { data: { valid: 1 } } }, ['data.valid']],
    ],
  },
  'webhooks.delete': {
    call: () => client.webhooks.delete(id),
    sends: `DELETE /2/webhooks/${id}`,
    accepts: [
      [{ json: { data: { deleted: true } } }, undefined],
      [{ json: { deleted: true } }, undefined],
      [empty, undefined],
      [{ text: '' }, undefined],
    ],
    refuses: [[{ json: { data: { deleted: false } } }, ['data.deleted']]],
  },
  'subscriptions.create': {
    call: () => client.subscriptions.create(id),
    sends: `POST ${subscriptionPath}`,
    body: {},
    user: true,
    accepts: [
      [{ json: { data: { subscribed: true } } }, undefined],
      [empty, undefined],
      [{ text: '' }, undefined],
    ],
    refuses: [
      [{ json: { data: { subscribed: false } } }, ['data.subscribed']],
      [page, ['']],
    ],
  },
  'subscriptions.check': {
    call: () => client.subscriptions.check(id),
    sends: `GET ${subscriptionPath}`,
    user: true,
    accepts: [
      [{ json: { data: { subscribed: true } } }, true],
      [{ json: { data: { subscribed: false } } }, false],
      [empty, true],
      [{ status: 404, json: { errors: [{ code: 34, message: 'Sorry, that page does not exist.' }] } }, false],
      [{ status: 404 }, false],
    ],
    refuses: [
      [{ json: { data: { subscribed: 'false' } } }, ['data.subscribed']],
      [{ json: { data: {} } }, ['data.subscribed']],
    ],
  },
  'subscriptions.list': {
    call: () => client.subscriptions.list(id),
    sends: `GET ${subscriptionPath}/list`,
    accepts: [
      [
        { json: { data: list } },
        {
          applicationId: '13090192',
          webhookId: id,
          webhookUrl: 'https://example.com/hook',
          subscriptions: [{ userId: '2244994945' }, { userId: '1100000000000000001' }],
        },
      ],
      ...[{ subscriptions: [] }, { subscriptions: undefined }, { subscriptions: null }].map((none) => {
        const none_ = {
          applicationId: '13090192',
          webhookId: id,
          webhookUrl: 'https://example.com/hook',
          subscriptions: [],
        }
        return [{ json: { data: { ...list, ...none } } }, none_] as const
      }),
    ],
    refuses: [
      [empty, ['']],
      [{ json: { data: { ...list, subscriptions: [{ user_id: 2 ** 60 }] } } }, ['data.subscriptions.0.user_id']],
      [{ json: { data: { ...list, subscriptions: {} } } }, ['data.subscriptions']],
    ],
  },
  'subscriptions.delete': {
    call: () => client.subscriptions.delete(id, '2244994945'),
    sends: `DELETE /2/account_activity/webhooks/${id}/subscriptions/2244994945/all`,
    accepts: [
      [{ json: { data: { subscribed: false } } }, undefined],
      [{ json: { data: { subscribed: true } } }, undefined],
      [empty, undefined],
    ],
    refuses: [[page, ['']]],
  },
  'subscriptions.count': {
    call: () => client.subscriptions.count(),
    sends: 'GET /2/account_activity/subscriptions/count',
    accepts: [
      [
        { json: { data: count } },
        {
          accountName: 'alices-desk',
          provisionedCount: 5000,
          subscriptionsCountAll: 3,
          subscriptionsCountDirectMessages: 1,
        },
      ],
      [
        { json: { data: { ...count, provisioned_count: 0, subscriptions_count_all: '0' } } },
        {
          accountName: 'alices-desk',
          provisionedCount: 0,
          subscriptionsCountAll: 0,
          subscriptionsCountDirectMessages: 1,
        },
      ],
    ],
    refuses: [
      [empty, ['']],
      ...['', 'many', '-1', '1.5', 'NaN', -1, 1.5, null].map(
        (wrong) => [{ json: { data: { ...count, provisioned_count: wrong } } }, ['data.provisioned_count']] as const,
      ),
    ],
  },
  'replay.create': {
    call: () => client.replay.create(id, window),
    sends: `POST ${replayPath}?from_date=202611211000&to_date=202611211130`,
    accepts: [
      [{ json: { for_user_id: '2244994945', replay_event: job } }, ourJob],
      [{ json: { data: job } }, ourJob],
      [{ json: { data: { replay_event: job } } }, ourJob],
      [{ json: job }, ourJob],
      [{ status: 202, json: job }, ourJob],
      [{ json: { ...job, job_id: 5 } }, { ...ourJob, jobId: '5' }],
    ],
    refuses: [
      [empty, ['']],
      [{ json: { data: { state: 'queued' } } }, ['job_id', 'created_at']],
      [{ json: { ...job, created_at: 'soon' } }, ['created_at']],
      [{ json: { ...job, job_id: 2 ** 60 } }, ['job_id']],
    ],
  },
}

describe.each(Object.entries(verbs))('%s', (endpoint, verb) => {
  test('is sent as X documents it', async () => {
    x.answers((verb.accepts[0] as readonly [Script, unknown])[0])
    await verb.call()
    const [request] = x.requests
    expect(`${request?.method} ${request?.path}`).toBe(verb.sends)
    expect(request?.body).toBe(verb.body === undefined ? '' : JSON.stringify(verb.body))
    expect(request?.contentType).toBe(verb.body === undefined ? null : 'application/json')
    if (verb.user) {
      expect(request?.authorization).toMatch(/^OAuth /)
      expect(request?.authorization).toContain(`oauth_consumer_key="${secrets.consumerKey}"`)
      expect(request?.authorization).toContain(`oauth_token="${secrets.accessToken}"`)
    } else {
      expect(request?.authorization).toBe(bearer)
    }
  })

  test.each(verb.accepts)('accepts %j', async (script, outcome) => {
    x.answers(script)
    expect(await verb.call()).toEqual(outcome)
  })

  test.each(verb.refuses)('does not make anything of %j', async (script, places) => {
    x.answers(script)
    const error: unknown = await verb.call().catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ResponseError)
    expect(error).toMatchObject({ endpoint, status: script.status ?? 200 })
    expect((error as ResponseError).issues.map((issue) => issue.path.join('.'))).toEqual(places)
  })

  test('takes a 200 with errors and no data for a failure', async () => {
    x.answers({
      json: { errors: [{ title: 'Not Found Error', type: 'https://api.x.com/2/problems/resource-not-found' }] },
    })
    if (endpoint === 'subscriptions.check') return expect(await verb.call()).toBe(false)
    const error: unknown = await verb.call().catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ endpoint, status: 200, reason: 'NotFound' })
  })
})

describe('subscriptions.check', () => {
  test.each([
    [
      'a path that is not there',
      { status: 404, json: { title: 'Not Found', type: 'about:blank', detail: 'Not Found' } },
    ],
    ['a page of a gateway', { status: 404, text: '<html><title>404 Not Found</title></html>' }],
  ])('does not take %s for "not subscribed"', async (_, script) => {
    x.answers(script)
    await expect(client.subscriptions.check(id)).rejects.toMatchObject({ name: 'ApiError', reason: 'NotFound' })
  })
})

describe('replay.create at /2/webhooks/replay', () => {
  test('is sent as X documents it', async () => {
    x.answers({ json: { data: job } })
    expect(await client.replay.create(id, window, { endpoint: 'webhooks' })).toEqual(ourJob)
    expect(x.requests).toEqual([
      {
        method: 'POST',
        path: '/2/webhooks/replay',
        authorization: bearer,
        contentType: 'application/json',
        body: JSON.stringify({ webhook_id: id, from_date: '202611211000', to_date: '202611211130' }),
      },
    ])
  })

  test.each([
    ['account_activity', "{ endpoint: 'webhooks' }"],
    ['webhooks', "{ endpoint: 'account_activity' }"],
  ] as const)('is not tried in place of the other: a 404 at %s names it in the hint', async (endpoint, hint) => {
    x.answers({ status: 404, json: { title: 'Not Found', type: 'about:blank', status: 404, detail: 'Not Found' } })
    const error = await client.replay.create(id, window, { endpoint }).catch((thrown: ApiError) => thrown)
    expect(error).toMatchObject({ reason: 'NotFound', status: 404, hint: expect.stringContaining(hint) })
    expect(x.requests).toHaveLength(1)
  })

  test.each([undefined, 'account_activity'] as const)('is not asked with endpoint %s', async (endpoint) => {
    x.answers({ json: { data: job } })
    await client.replay.create(id, window, endpoint === undefined ? {} : { endpoint })
    expect(x.requests[0]?.path).toMatch(/^\/2\/account_activity\/replay\//)
  })
})

describe('a replay window', () => {
  const at = (text: string) => new Date(`2026-11-21T${text}Z`)

  test.each([
    ['whole minutes', at('10:00:00'), at('11:30:00'), '202611211000', '202611211130'],
    ['seconds: widened', at('10:00:59.999'), at('11:30:00.001'), '202611211000', '202611211131'],
    ['within one minute', at('10:00:10'), at('10:00:20'), '202611211000', '202611211001'],
    ['years ago: for X to refuse', '200001010000', '200001010001', '200001010000', '200001010001'],
    ['the future: for X to refuse', '209901010000', '209901010001', '209901010000', '209901010001'],
  ])('is sent in whole minutes: %s', async (_, from, to, fromDate, toDate) => {
    x.answers({ json: { data: job } })
    await client.replay.create(id, { from, to })
    expect(x.requests[0]?.path).toBe(`${replayPath}?from_date=${fromDate}&to_date=${toDate}`)
  })

  test.each([
    ['an end that is no date', '2026-11-21', '202611211130', ['from_date_format']],
    ['a day that is not in the calendar', '202602300000', '202611211130', ['from_date_format']],
    ['an invalid Date', '202611211000', new Date(Number.NaN), ['to_date_format']],
    ['two ends that are no dates', '', 'now', ['from_date_format', 'to_date_format']],
    ['an empty window', '202611211000', '202611211000', ['from_date_not_before_to_date']],
    ['a window turned round', '202611211130', '202611211000', ['from_date_not_before_to_date']],
  ])('is refused before it is sent: %s', async (_, from, to, codes) => {
    const error: unknown = await client.replay.create(id, { from, to }).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ReplayWindowError)
    expect((error as ReplayWindowError).issues.map(({ code }) => code)).toEqual(codes)
    expect(x.requests).toEqual([])
  })
})

describe('arguments are checked before anything is sent', () => {
  const hostile: readonly (readonly [string, unknown, typeof TypeError | typeof RangeError])[] = [
    ['nothing', undefined, TypeError],
    ['null', null, TypeError],
    ['a number', 42, TypeError],
    ['an object', { toString: () => id }, TypeError],
    ['an array', [id], TypeError],
    ['an empty text', '', RangeError],
    ['20 digits', '12345678901234567890', RangeError],
    ['a path', '../subscriptions', RangeError],
    ['a prototype key', '__proto__', RangeError],
    ['white space', ` ${id}`, RangeError],
    ['a line break', `${id}\n`, RangeError],
    ['a negative number', '-1', RangeError],
    ['digits of another script', '١٢٣', RangeError],
  ]

  describe.each(hostile)('%s', (_, value, Wrong) => {
    const wrong = value as string
    test.each<readonly [string, string, () => Promise<unknown>]>([
      ['webhooks.validate', 'webhookId', () => client.webhooks.validate(wrong)],
      ['webhooks.delete', 'webhookId', () => client.webhooks.delete(wrong)],
      ['subscriptions.create', 'webhookId', () => client.subscriptions.create(wrong)],
      ['subscriptions.check', 'webhookId', () => client.subscriptions.check(wrong)],
      ['subscriptions.list', 'webhookId', () => client.subscriptions.list(wrong)],
      ['subscriptions.delete', 'webhookId', () => client.subscriptions.delete(wrong, '1')],
      ['subscriptions.delete', 'userId', () => client.subscriptions.delete('1', wrong)],
      ['replay.create', 'webhookId', () => client.replay.create(wrong, window)],
    ])('%s: %s', async (_, name, call) => {
      const error: unknown = await call().catch((thrown) => thrown)
      expect(error).toBeInstanceOf(Wrong)
      expect((error as Error).message).toMatch(`"${name}" must`)
      expect(x.requests).toEqual([])
    })
  })

  test.each([
    ['nothing', undefined, TypeError],
    ['an object', {}, TypeError],
    ['an empty text', '', RangeError],
    ['a path', '/hook', RangeError],
    ['another scheme', 'ftp://example.com/hook', RangeError],
    ['script', 'javascript:alert(1)', RangeError],
    ['no host', 'https:///hook', RangeError],
    ['white space around it', ' https://example.com/hook ', RangeError],
    ['201 characters', `https://example.com/${'h'.repeat(181)}`, RangeError],
  ])('a webhook URL: %s', async (_, url, Wrong) => {
    const error: unknown = await client.webhooks.create(url as string).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(Wrong)
    expect((error as Error).message).toMatch('"url" must')
  })

  test.each([`https://example.com/${'h'.repeat(180)}`, 'http://127.0.0.1:8080/hook', 'https://example.com/?a=b'])(
    'a webhook URL that may pass is sent as it is: %s',
    async (url) => {
      x.answers({ json: { data: hook } })
      await client.webhooks.create(url)
      expect(x.requests[0]?.body).toBe(JSON.stringify({ url }))
    },
  )

  test.each([
    ['a window that is no object', '202611211000', TypeError],
    ['an end that is a number', { from: 202611211000, to: '202611211130' }, TypeError],
    ['an end that is missing', { from: '202611211000' }, TypeError],
  ])('%s', async (_, wrong, Wrong) => {
    await expect(client.replay.create(id, wrong as typeof window)).rejects.toThrow(Wrong)
  })

  test.each([
    ['another', RangeError],
    ['', RangeError],
    ['__proto__', RangeError],
    [null, TypeError],
    [1, TypeError],
  ])('a replay endpoint: %j', async (endpoint, Wrong) => {
    const options = { endpoint } as unknown as { endpoint: 'webhooks' }
    await expect(client.replay.create(id, window, options)).rejects.toThrow(Wrong)
  })

  test.each([
    ['options that are null', null],
    ['options that are a text', 'signal'],
    ['a signal that is its controller', { signal: new AbortController() }],
    ['a signal that is a text', { signal: 'abort' }],
    ['a signal that is null', { signal: null }],
  ])('%s', async (_, options) => {
    await expect(client.webhooks.list(options as object)).rejects.toThrow(TypeError)
    await expect(client.subscriptions.create(id, options as object)).rejects.toThrow(TypeError)
    await expect(client.replay.create(id, window, options as object)).rejects.toThrow(TypeError)
  })
})
