import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Endpoint } from '../../../src/errors/reasons.ts'
import { mapFailure } from '../../../src/http/map-failure.ts'

const now = Date.UTC(2026, 10, 21, 12)

interface Answered {
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Record<string, string>
}

function fail(endpoint: Endpoint, { status = 400, json, text, headers }: Answered, secrets: readonly string[] = []) {
  const answer = { status, headers: new Headers(headers), text: text ?? JSON.stringify(json) }
  return mapFailure(answer, { endpoint, secrets, now })
}

const problem = {
  title: 'Invalid Request',
  detail: 'One or more…',
  type: 'https://api.twitter.com/2/problems/invalid-request',
}

describe("X's own word", () => {
  test.each<readonly [string, unknown]>([
    ['reason', { ...problem, reason: 'WebhookLimitExceeded' }],
    ['errors[].reason', { ...problem, errors: [{ message: 'no', reason: 'WebhookLimitExceeded' }] }],
    ['errors[].message', { ...problem, errors: [{ message: 'WebhookLimitExceeded: Too many' }] }],
    ['errors[].message without details', { ...problem, errors: [{ message: 'WebhookLimitExceeded: ' }] }],
    ['errors[].message, no colon', { ...problem, errors: [{ message: 'WebhookLimitExceeded' }] }],
    ['errors[].detail', { ...problem, errors: [{ detail: 'WebhookLimitExceeded: Too many' }] }],
    ['errors[].title', { ...problem, errors: [{ title: 'WebhookLimitExceeded' }] }],
    ['detail', { ...problem, detail: 'WebhookLimitExceeded: Too many' }],
    ['title', { ...problem, title: 'WebhookLimitExceeded' }],
    ['message', { message: 'WebhookLimitExceeded: Too many', code: 400 }],
    ['errors that are texts', { errors: ['WebhookLimitExceeded: Too many'] }],
    ['errors that are a text', { errors: 'WebhookLimitExceeded: Too many' }],
    ['error', { error: 'WebhookLimitExceeded: Too many' }],
    ['the whole body', 'WebhookLimitExceeded: Too many'],
    ['a list of problems', [{ message: 'WebhookLimitExceeded: Too many' }]],
    ['the second of two', { errors: [{ message: 'Hm' }, { message: 'WebhookLimitExceeded: Too many' }] }],
  ])('is found in %s', (_, json) => {
    expect(fail('webhooks.create', { json }).reason).toBe('WebhookLimitExceeded')
  })

  test('is found in plain text', () => {
    expect(fail('webhooks.create', { text: 'UrlValidationFailed: no port' }).reason).toBe('UrlValidationFailed')
  })

  test('is looked for in this order', () => {
    const words = {
      reason: 'WebhookLimitExceeded',
      errors: [{ message: 'DuplicateUrlFailed: a', reason: 'UrlValidationFailed' }],
      detail: 'CrcValidationFailed: b',
    }
    const read = (json: unknown) => fail('webhooks.create', { json }).reason
    expect(read(words)).toBe('WebhookLimitExceeded')
    expect(read({ ...words, reason: undefined })).toBe('UrlValidationFailed')
    expect(read({ errors: [{ message: 'DuplicateUrlFailed: a' }], detail: words.detail })).toBe('DuplicateUrlFailed')
    expect(read({ detail: words.detail })).toBe('CrcValidationFailed')
  })

  test.each<readonly [Endpoint, string]>([
    ['webhooks.create', 'CrcValidationFailed'],
    ['webhooks.create', 'UrlValidationFailed'],
    ['webhooks.create', 'DuplicateUrlFailed'],
    ['webhooks.create', 'WebhookLimitExceeded'],
    ['webhooks.validate', 'WebhookIdInvalid'],
    ['webhooks.validate', 'CrcValidationFailed'],
    ['webhooks.delete', 'WebhookIdInvalid'],
    ['subscriptions.create', 'WebhookIdInvalid'],
    ['subscriptions.create', 'DuplicateSubscriptionFailed'],
    ['subscriptions.create', 'SubscriptionLimitExceeded'],
    ['subscriptions.check', 'WebhookIdInvalid'],
    ['subscriptions.list', 'WebhookIdInvalid'],
    ['subscriptions.delete', 'SubscriptionNotFound'],
    ['subscriptions.delete', 'WebhookIdInvalid'],
    ['replay.create', 'QueryParamInvalid'],
    ['replay.create', 'CrcValidationFailed'],
    ['replay.create', 'ReplayConflictError'],
    ['replay.create', 'WebhookIdInvalid'],
  ])('%s answers %s', (endpoint, word) => {
    const error = fail(endpoint, { json: { ...problem, errors: [{ message: `${word}: whatever` }] } })
    expect(error.reason).toBe(word)
    expect(error.message).toContain(`${endpoint} failed: ${word} (HTTP 400). whatever. `)
    expect(error.hint).toBeTypeOf('string')
  })

  test.each([
    ['one of another endpoint', 'SubscriptionNotFound: no'],
    ['one that X may add', 'WebhookAsleep: no'],
    ['one in the middle', 'It is WebhookLimitExceeded: no'],
    ['a prototype key', 'constructor: no'],
    ['one of ours', 'RateLimited: no'],
  ])('is not %s', (_, message) => {
    expect(fail('webhooks.create', { json: { errors: [{ message }] } }).reason).toBe('Unknown')
  })
})

describe('without a word of X', () => {
  test.each<readonly [string, Endpoint, number, unknown, string]>([
    ['wording', 'subscriptions.create', 400, { detail: 'Subscription already exists' }, 'DuplicateSubscriptionFailed'],
    ['wording', 'subscriptions.create', 403, { detail: 'Subscription already exists.' }, 'DuplicateSubscriptionFailed'],
    ['wording', 'webhooks.create', 400, { detail: 'This URL already exists' }, 'DuplicateUrlFailed'],
    [
      'wording',
      'webhooks.create',
      400,
      { errors: [{ code: 214, message: 'Too many resources already created.' }] },
      'WebhookLimitExceeded',
    ],
    [
      'wording',
      'webhooks.create',
      403,
      { errors: [{ code: 214, message: 'High latency on CRC GET request.' }] },
      'CrcValidationFailed',
    ],
    [
      'wording',
      'webhooks.create',
      400,
      { errors: [{ code: 214, message: 'Webhook URL does not meet the requirements.' }] },
      'UrlValidationFailed',
    ],
    [
      'wording',
      'webhooks.create',
      403,
      // As many have met it, in https://github.com/saadmanrafat/twitivity/issues/1 for one.
      {
        errors: [
          {
            code: 214,
            message: 'Webhook URL does not meet the requirements. Invalid CRC token or json response format.',
          },
        ],
      },
      'CrcValidationFailed',
    ],
    ['wording', 'replay.create', 400, { detail: 'A job is already running' }, 'ReplayConflictError'],
    ['no wording', 'subscriptions.create', 500, { detail: 'Something already exists' }, 'ServerError'],
    ['no wording', 'subscriptions.create', 401, { detail: 'A session already exists' }, 'Unauthorized'],
    [
      'code',
      'subscriptions.create',
      409,
      { errors: [{ code: 355, message: 'Conflict.' }] },
      'DuplicateSubscriptionFailed',
    ],
    ['code', 'replay.create', 409, { errors: [{ code: 355, message: 'Conflict.' }] }, 'ReplayConflictError'],
    ['code', 'replay.create', 400, { errors: [{ code: 356, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'replay.create', 400, { errors: [{ code: 357, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'replay.create', 400, { errors: [{ code: 358, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'replay.create', 400, { errors: [{ code: 360, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'replay.create', 400, { errors: [{ code: 368, message: 'from' }] }, 'QueryParamInvalid'],
    ['code', 'webhooks.list', 400, { errors: [{ code: 32, message: 'Could not authenticate you' }] }, 'Unauthorized'],
    ['code', 'webhooks.list', 400, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, 'RateLimited'],
    ['code', 'webhooks.list', 400, { errors: [{ code: '89', message: 'Invalid token' }] }, 'Unauthorized'],
    ['code', 'webhooks.list', 403, { errors: [{ code: 200, message: 'Forbidden.' }] }, 'Forbidden'],
    [
      'code',
      'webhooks.delete',
      404,
      { errors: [{ code: 34, message: 'Sorry, that page does not exist.' }] },
      'NotFound',
    ],
    ['code', 'webhooks.list', 503, { errors: [{ code: 67, message: 'down' }] }, 'ServerError'],
    [
      'status',
      'webhooks.list',
      401,
      { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
      'Unauthorized',
    ],
    ['status', 'webhooks.list', 403, {}, 'Forbidden'],
    ['status', 'webhooks.list', 404, [], 'NotFound'],
    ['status', 'webhooks.list', 429, null, 'RateLimited'],
    ['status', 'webhooks.list', 500, { title: 'Internal Server Error' }, 'ServerError'],
    ['status', 'webhooks.list', 599, 7, 'ServerError'],
    ['status', 'webhooks.list', 400, problem, 'Unknown'],
    ['status', 'webhooks.list', 418, {}, 'Unknown'],
    ['status', 'webhooks.list', 302, {}, 'Unknown'],
    ['status', 'subscriptions.create', 409, {}, 'DuplicateSubscriptionFailed'],
    ['status', 'webhooks.create', 409, {}, 'DuplicateUrlFailed'],
    ['status', 'replay.create', 409, {}, 'ReplayConflictError'],
    ['status', 'webhooks.list', 409, {}, 'Unknown'],
    ['status of the problem', 'webhooks.list', 200, { errors: [{ status: 403, title: 'Forbidden' }] }, 'Forbidden'],
    [
      'type',
      'webhooks.list',
      200,
      { errors: [{ type: 'https://api.twitter.com/2/problems/usage-capped' }] },
      'RateLimited',
    ],
    [
      'type',
      'webhooks.list',
      200,
      { errors: [{ type: 'https://api.x.com/2/problems/client-forbidden' }] },
      'Forbidden',
    ],
    ['type', 'webhooks.list', 200, { errors: [{ type: 'https://api.x.com/2/problems/constructor' }] }, 'Unknown'],
  ])('%s: %s, HTTP %s, %j', (_, endpoint, status, json, reason) => {
    expect(fail(endpoint, { status, json })).toMatchObject({ endpoint, status, reason })
  })
})

describe('codes that mean something particular at an endpoint', () => {
  const answer = (code: number, message = 'no') => ({
    status: 404,
    headers: new Headers(),
    text: JSON.stringify({ errors: [{ code, message }] }),
  })
  const read = (code: number, message?: string) =>
    mapFailure(answer(code, message), {
      endpoint: 'webhooks.validate',
      secrets: [],
      now,
      reasonsByCode: { 34: 'WebhookIdInvalid', 214: 'CrcValidationFailed' },
    })

  test.each([
    [34, 'WebhookIdInvalid'],
    [214, 'CrcValidationFailed'],
    [32, 'Unauthorized'],
    [9999, 'NotFound'],
  ])('%s means %s', (code, reason) => {
    expect(read(code).reason).toBe(reason)
  })

  test("come after X's own word, and its hint before that of the code", () => {
    expect(read(34, 'CrcValidationFailed: no')).toMatchObject({
      reason: 'CrcValidationFailed',
      hint: expect.stringContaining('response_token'),
    })
  })
})

describe('bodies that are no JSON', () => {
  test.each([
    ['empty', 502, '', 'ServerError', []],
    ['white space', 502, ' \n', 'ServerError', []],
    [
      'an HTML page',
      503,
      '<!DOCTYPE html><html><head><title>Over\ncapacity</title></head></html>',
      'ServerError',
      [{ message: 'Over\ncapacity' }],
    ],
    ['HTML without a title', 403, '<h1>Forbidden</h1>', 'Forbidden', []],
    [
      'XML',
      403,
      // As in https://github.com/arunagw/omniauth-twitter/issues/144
      `<?xml version='1.0' encoding='UTF-8'?><errors><error code="415">Callback URL not\napproved</error></errors>`,
      'Forbidden',
      [{ code: 415, message: 'Callback URL not\napproved' }],
    ],
    [
      'XML with two errors',
      401,
      '<errors>\n  <error code="32">a</error>\n  <error code="89"> b </error>\n</errors>',
      'Unauthorized',
      [
        { code: 32, message: 'a' },
        { code: 89, message: 'b' },
      ],
    ],
    ['XML that is none', 403, '<error code="x">a</error>', 'Forbidden', []],
    ['plain text', 429, 'Rate limit exceeded\n', 'RateLimited', [{ message: 'Rate limit exceeded' }]],
    ['JSON cut short', 400, '{"errors":[{"mess', 'Unknown', [{ message: '{"errors":[{"mess' }]],
  ])('%s', (_, status, text, reason, problems) => {
    const error = fail('webhooks.list', { status, text })
    expect(error).toMatchObject({ status, reason, problems })
    expect(error.body).toBe(text)
    expect(error.message).not.toContain('\n')
  })

  test('of any length leave a message of one short line', () => {
    const error = fail('webhooks.list', { status: 502, text: 'no '.repeat(100_000) })
    expect(error.message.length).toBeLessThan(600)
  })
})

describe('what the error carries', () => {
  test('every problem, as X wrote it, the entries before the body around them', () => {
    const errors = [{ message: 'a', parameters: { url: ['x'] } }, { code: 214, message: 'b' }, 'c', 7, null, ['d']]
    const error = fail('webhooks.create', { json: { ...problem, errors } })
    expect(error.problems).toEqual([...errors.slice(0, 2), { message: 'c' }, problem])
  })

  test.each([
    [{ errors: [{ code: 32 }, { code: 215 }, { code: 32 }] }, [32, 215]],
    [{ code: 0, message: 'internal' }, [0]],
    [{ errors: [{ code: '214' }] }, [214]],
    [{ errors: [{ code: '' }, { code: null }, { code: true }, { code: 1.5 }, { code: 'x1' }, {}] }, []],
  ])('the numeric codes of %j, each once', (json, platformCodes) => {
    expect(fail('webhooks.list', { json }).platformCodes).toEqual(platformCodes)
  })

  test('the rate limit, and in the message when it resets', () => {
    const headers = {
      'x-rate-limit-limit': '450',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': `${now / 1000 + 600}`,
    }
    const error = fail('webhooks.list', { status: 429, text: '', headers })
    expect(error.rateLimit).toEqual({ limit: 450, remaining: 0, resetAt: new Date(now + 600_000) })
    expect(error.message).toContain('2026-11-21T12:10:00.000Z')
  })

  test('no rate limit where none was told', () => {
    expect(fail('webhooks.list', { status: 429, text: '' }).rateLimit).toBeUndefined()
  })

  test('no harm from prototype keys', () => {
    const text = '{"errors":[{"message":"x","__proto__":{"reason":"CrcValidationFailed"}}],"__proto__":{"code":32}}'
    const error = fail('webhooks.create', { text })
    expect(error.reason).toBe('Unknown')
    expect(error.platformCodes).toEqual([])
    expect(({} as { code?: unknown }).code).toBeUndefined()
  })

  test.each([{ errors: {} }, { errors: [[]] }, { errors: null, error: 7 }, { title: 7, detail: {} }, { type: [] }])(
    'no surprise from %j',
    (json) => {
      expect(fail('webhooks.create', { json })).toMatchObject({ reason: 'Unknown', status: 400 })
    },
  )
})

describe('the hint', () => {
  test.each<readonly [string, Endpoint, Answered, RegExp]>([
    [
      'of a code, before that of the reason',
      'webhooks.create',
      { status: 403, json: { errors: [{ code: 261, message: 'no' }] } },
      /Read, Write and Direct Messages/,
    ],
    [
      'of the first known code',
      'webhooks.list',
      { status: 401, json: { errors: [{ code: 9999 }, { code: 32 }] } },
      /clock/,
    ],
    [
      'of an app without a plan',
      'webhooks.list',
      {
        status: 403,
        json: {
          title: 'Client Forbidden',
          reason: 'client-not-enrolled',
          type: 'https://api.twitter.com/2/problems/client-forbidden',
          registration_url: 'https://developer.x.com',
        },
      },
      /developer portal/,
    ],
    [
      'of a cap',
      'webhooks.list',
      {
        status: 429,
        json: { title: 'UsageCapExceeded', period: 'Monthly', type: 'https://api.x.com/2/problems/usage-capped' },
      },
      /cap of the plan/,
    ],
    ['of a redirect', 'webhooks.list', { status: 301, text: '' }, /base URL/],
    ['of a redirect that a browser hides', 'webhooks.list', { status: 0, text: '' }, /base URL/],
    ['of the reason', 'webhooks.list', { status: 500, text: '' }, /try again later/],
  ])('%s', (_, endpoint, answered, hint) => {
    const error = fail(endpoint, answered)
    expect(error.hint).toMatch(hint)
    expect(error.message).toContain(error.hint)
  })

  test('is absent where nothing is known', () => {
    expect(fail('webhooks.list', { status: 400, json: problem }).hint).toBeUndefined()
  })
})

describe('secrets', () => {
  const token = 'AAAAbt5Rk%2FyU%3D'

  test.each<readonly [string, unknown]>([
    ['a message', { errors: [{ message: `Bad token ${token}` }] }],
    ['a decoded message', { errors: [{ message: 'Bad token AAAAbt5Rk/yU=' }] }],
    ['a field', { errors: [{ message: 'no', value: [{ deep: token }] }] }],
    ['a key', { [token]: 1, title: 'no' }],
    ['a text', `Bearer ${token}`],
  ])('that stand in %s are blanked out', (_, json) => {
    const error = fail('webhooks.list', { status: 401, json }, [token])
    const shown = [inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error), error.message, error.body]
    for (const text of shown) expect(text).not.toMatch(/AAAAbt5Rk/)
    expect(error.body).toContain('[redacted]')
  })
})
